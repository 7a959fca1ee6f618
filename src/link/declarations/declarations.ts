/** Finds what is declared under an outside name: `threading#Thread().start`, `concurrent.futures#Executor.submit`. */
import type { DeclaredClass, DeclaredFunction, DeclaredMember, DeclaredModule } from './declaration.ts';

/** A member and where it is declared: its full name, `module#Class.member`. */
export interface FoundDeclaration {
  readonly name: string;
  readonly member: DeclaredMember;
}

/** What a call of an outside name does as far as declarations say. */
export interface DeclaredCall {
  /** Where it is declared, with its prefix, if that is under another name. */
  readonly origin: string | undefined;
  readonly callbacks: DeclaredFunction['callbacks'];
  /** Class of the result. */
  readonly result: string | undefined;
}

const DEEPEST = 12;

export class Declarations {
  readonly #module: (name: string) => DeclaredModule | undefined;
  readonly #found = new Map<string, FoundDeclaration | null>();
  readonly #called = new Map<string, DeclaredCall>();

  constructor(module: (name: string) => DeclaredModule | undefined) {
    this.#module = module;
  }

  /** `name`: an outside name without its ecosystem. Instances are written `Class()`. */
  find(name: string): FoundDeclaration | undefined {
    let found = this.#found.get(name);
    if (found === undefined) this.#found.set(name, (found = this.#search(name) ?? null));
    return found ?? undefined;
  }

  hasModule(name: string): boolean {
    return this.#module(name) !== undefined;
  }

  /** The function that a call of the name runs: a function, a method, or a class's constructor. */
  callee(name: string): DeclaredFunction | undefined {
    const found = this.find(name);
    if (found?.member.kind === 'function') return found.member.value;
    if (found?.member.kind !== 'class') return undefined;
    const constructor = this.#inClass(found.name, found.member.value, '__init__', 0);
    const callbacks = constructor?.member.kind === 'function' ? constructor.member.value.callbacks : [];
    return { callbacks, returns: found.name };
  }

  /** What a call of an outside name does. `prefix`: of its ecosystem. */
  called(name: string, prefix: string): DeclaredCall {
    let called = this.#called.get(name);
    if (!called) {
      const bare = name.slice(name.indexOf(':') + 1);
      const found = this.find(bare);
      const origin = found && `${prefix}${found.name}`;
      called = {
        origin: origin === name || origin === name.replace('().', '.') ? undefined : origin,
        callbacks: this.callee(bare)?.callbacks ?? [],
        result: this.resultOf(bare),
      };
      this.#called.set(name, called);
    }
    return called;
  }

  /** The class of what an attribute holds: of an instance's field, or of a module's variable. */
  typeOf(name: string): string | undefined {
    const found = this.find(name);
    return found?.member.kind === 'value' ? this.qualified(found.member.type, found.name) : undefined;
  }

  /** The class that a call of the name gives an instance of. */
  resultOf(name: string): string | undefined {
    const found = this.find(name);
    if (found?.member.kind === 'class') return found.name;
    const returns = found?.member.kind === 'function' ? found.member.value.returns : undefined;
    return returns === undefined ? undefined : this.qualified(returns, found!.name);
  }

  /** A class's full name where it is declared, or as it stands when nothing more is known. */
  qualified(type: string, from: string): string | undefined {
    const full = type.includes('#') ? type : `${from.slice(0, from.indexOf('#'))}#${type}`;
    const found = this.find(full);
    if (found) return found.member.kind === 'class' ? found.name : undefined;
    return type.includes('#') ? full : undefined;
  }

  #search(name: string): FoundDeclaration | undefined {
    const hash = name.indexOf('#');
    if (hash < 0) return undefined;
    const steps = name.slice(hash + 1).split('.');
    let at = this.#inModule(name.slice(0, hash), bare(steps[0]!), 0);
    for (let i = 1; at && i < steps.length; i++) {
      if (at.member.kind === 'alias') at = this.#inModule(at.member.target, bare(steps[i]!), 0);
      else if (at.member.kind === 'class') at = this.#inClass(at.name, at.member.value, bare(steps[i]!), 0);
      else return undefined;
    }
    return at;
  }

  #inModule(module: string, name: string, depth: number): FoundDeclaration | undefined {
    if (depth > DEEPEST) return undefined;
    const declared = this.#module(module);
    if (!declared) return this.#submodule(`${module}#${name}`);
    const member = declared.members.get(name);
    if (member?.kind === 'alias') {
      const hash = member.target.indexOf('#');
      // The name of a module.
      if (hash < 0) return { name: `${module}#${name}`, member };
      return this.#path(member.target, depth + 1) ?? this.#submodule(member.target);
    }
    if (member) return { name: `${module}#${name}`, member };
    for (const star of declared.stars) {
      const found = this.#inModule(star, name, depth + 1);
      if (found) return found;
    }
    return this.#submodule(`${module}#${name}`);
  }

  /** `module#name.name` */
  #path(target: string, depth: number): FoundDeclaration | undefined {
    const hash = target.indexOf('#');
    const [first, ...rest] = target.slice(hash + 1).split('.');
    let at = this.#inModule(target.slice(0, hash), first!, depth);
    for (const step of rest)
      at = at?.member.kind === 'class' ? this.#inClass(at.name, at.member.value, step, depth) : undefined;
    return at;
  }

  #submodule(name: string): FoundDeclaration | undefined {
    const module = name.replace('#', '.');
    return this.#module(module) ? { name, member: { kind: 'alias', target: module } } : undefined;
  }

  #inClass(owner: string, declared: DeclaredClass, name: string, depth: number): FoundDeclaration | undefined {
    const member = declared.members.get(name);
    if (member) return { name: `${owner}.${name}`, member };
    if (depth > DEEPEST) return undefined;
    for (const base of declared.bases) {
      const found = this.find(base.includes('#') ? base : `${owner.slice(0, owner.indexOf('#'))}#${base}`);
      if (found?.member.kind !== 'class' || found.member.value === declared) continue;
      const inherited = this.#inClass(found.name, found.member.value, name, depth + 1);
      if (inherited) return inherited;
    }
    return undefined;
  }
}

function bare(step: string): string {
  return step.replace(/\(\)$/, '');
}
