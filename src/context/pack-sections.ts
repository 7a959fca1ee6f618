/** Chooses what is shown, and in which form, within the shares of the budget. */
import type { FileId, SymbolId, SymbolRecord } from '#model/snapshot.ts';
import { Budget } from './budget.ts';
import type { ContextRequest } from './build-context.ts';
import {
  type CodeSection,
  type ContextPassage,
  type ContextSection,
  placeOf,
  type SectionRole,
  type SignatureSection,
} from './context-section.ts';
import { cutCode } from './cut-code.ts';
import { lastLineOf } from './extent.ts';
import { isContainer, outlineOf } from './outline.ts';
import { dependenciesOf, isInsideAny, type Reached } from './reach.ts';
import { dedented, joined, SourceLines } from './source-lines.ts';
import { signatureOf } from './signature-line.ts';
import type { ContextWriter } from './write-context.ts';

/** Less code than this is not worth a section. Tokens. */
const SMALLEST_CUT = 48;
/** So many that do not fit in a row, and the level is full. */
const MISSES = 12;
/** A distance at which nothing is followed further. */
const NEVER = Number.POSITIVE_INFINITY;

export interface PackedSections {
  /** In the order in which they are written. */
  readonly sections: readonly ContextSection[];
  readonly left: number;
}

export function packSections(request: ContextRequest, writer: ContextWriter): PackedSections {
  return new Packing(request, writer).run();
}

class Packing {
  readonly #request: ContextRequest;
  readonly #writer: ContextWriter;
  readonly #budget: Budget;
  readonly #lines: SourceLines;
  readonly #parents: Int32Array;
  readonly #sections: ContextSection[] = [];
  /** Shown with their code, at which distance. */
  readonly #shown = new Map<SymbolId, number>();
  /** Best first; what did not fit comes before what lies further away. */
  readonly #forSignatures: { readonly reached: Reached; readonly role: SectionRole; readonly distance: number }[] = [];
  #left = 0;

  constructor(request: ContextRequest, writer: ContextWriter) {
    this.#request = request;
    this.#writer = writer;
    this.#budget = new Budget(request.counter, request.budget - request.counter.count(writer.frame));
    this.#lines = new SourceLines(request.snapshot);
    this.#parents = request.snapshot.symbolTable().parent;
  }

  run(): PackedSections {
    const { budget, shares } = this.#request;
    this.#budget.startLevel(Math.floor(budget * shares.code));
    this.#targets();
    if (this.#request.tests) this.#tests();
    for (const passage of this.#request.passages ?? []) this.#passage(passage);
    for (let distance = 1; distance <= shares.codeDistance; distance++) this.#dependencies(distance);
    this.#budget.startLevel(Math.floor(budget * shares.signatures));
    this.#signatures();
    return { sections: this.#sections, left: this.#left };
  }

  #targets(): void {
    const { targets, snapshot } = this.#request;
    targets.forEach(({ symbol: id, weight }, at) => {
      if (isInsideAny(this.#parents, id, this.#shown)) return;
      const symbol = snapshot.symbol(id);
      const fair = Math.max(this.#budget.left / 2, this.#budget.left / (targets.length - at));
      const allowance = targets.length === 1 ? this.#budget.left : Math.floor(fair);
      if (!this.#holdsShown(id) && this.#code(symbol, 'target', 0, allowance)) this.#shown.set(id, 0);
      else this.#forSignatures.push({ reached: { symbol: id, score: 2 + weight }, role: 'target', distance: 0 });
      const outer = this.#parents[id]!;
      // The class of a method says what `this` is.
      if (outer >= 0 && snapshot.symbol(outer).parent !== undefined)
        this.#forSignatures.push({ reached: { symbol: outer, score: 1 }, role: 'dependency', distance: 1 });
    });
  }

  /** What is asked for besides gets a third of the level at most. */
  get #part(): number {
    return Math.floor((this.#request.budget * this.#request.shares.code) / 3);
  }

  #tests(): void {
    const { targets, snapshot } = this.#request;
    const left = this.#budget.left - this.#part;
    for (const { symbol: target } of targets) {
      for (const { source } of snapshot.edgesTo(target, ['tests'])) {
        const test = snapshot.symbol(source);
        if (test.parent === undefined || isInsideAny(this.#parents, source, this.#shown) || this.#holdsShown(source))
          continue;
        if (this.#code(test, 'test', 1, this.#budget.left - left)) this.#shown.set(source, NEVER);
      }
    }
  }

  #passage({ file, path, name, line, endLine }: ContextPassage): void {
    const text = this.#lines.between(file, line, endLine);
    if (text === undefined || text === '') return;
    const place = { name, kind: 'section', path, line, role: 'documentation', distance: 1 } as const;
    const section: CodeSection = { detail: 'code', ...place, endLine, form: 'whole', text };
    if (this.#budget.spend(this.#writer.cost(section), this.#part)) this.#sections.push(section);
  }

  /** Full code of what those shown at the distance before use. */
  #dependencies(distance: number): void {
    const { snapshot, relevance, budget, shares } = this.#request;
    const allowance = Math.floor((budget * shares.code) / 3);
    let misses = 0;
    for (const reached of dependenciesOf(snapshot, this.#weights(distance - 1), { relevance })) {
      const { symbol: id } = reached;
      if (isInsideAny(this.#parents, id, this.#shown)) continue;
      const fits =
        misses < MISSES && !this.#holdsShown(id) && this.#code(snapshot.symbol(id), 'dependency', distance, allowance);
      if (fits) {
        this.#shown.set(id, distance);
        misses = 0;
      } else {
        misses++;
        this.#forSignatures.push({ reached, role: 'dependency', distance });
      }
    }
  }

  #signatures(): void {
    const { snapshot, relevance, shares } = this.#request;
    const listed = new Map<SymbolId, number>();
    const queue = this.#forSignatures
      .splice(0)
      .sort((a, b) => b.reached.score - a.reached.score || a.reached.symbol - b.reached.symbol);
    const nearest = queue.length;
    let started = this.#changes();
    let misses = 0;
    const list = (from: number): void => {
      for (const { reached, role, distance } of queue.slice(from)) {
        const { symbol: id } = reached;
        if (listed.has(id) || isInsideAny(this.#parents, id, this.#shown)) continue;
        if (misses >= MISSES) {
          if (distance <= 1) this.#left++;
          continue;
        }
        const symbol = snapshot.symbol(id);
        const section: SignatureSection = {
          detail: 'signature',
          ...placeOf(symbol, role, distance),
          text: signatureOf(symbol),
        };
        if (this.#budget.spend((started ? '' : this.#writer.signatureFrame) + this.#writer.cost(section))) {
          this.#sections.push(section);
          listed.set(id, distance);
          started = true;
          misses = 0;
        } else {
          misses++;
          if (distance <= 1) this.#left++;
        }
      }
    };
    list(0);
    let from = nearest;
    for (let distance = shares.codeDistance + 1; distance <= shares.signatureDistance && misses < MISSES; distance++) {
      const sources = this.#weights(distance - 1);
      for (const [id, at] of listed) if (at === distance - 1) sources.set(id, 1);
      for (const reached of dependenciesOf(snapshot, sources, { relevance }))
        queue.push({ reached, role: 'dependency', distance });
      list(from);
      from = queue.length;
    }
  }

  /** What was done to the targets, as lines beside the signatures; true if there are any. */
  #changes(): boolean {
    const { changes, snapshot } = this.#request;
    let started = false;
    for (const [id, lines] of changes ?? []) {
      for (const text of lines) {
        const section: SignatureSection = { detail: 'signature', ...placeOf(snapshot.symbol(id), 'change', 0), text };
        if (!this.#budget.spend((started ? '' : this.#writer.signatureFrame) + this.#writer.cost(section))) break;
        this.#sections.push(section);
        started = true;
      }
    }
    return started;
  }

  /** The code of a symbol in the fullest form that fits. */
  #code(symbol: SymbolRecord, role: SectionRole, distance: number, allowance: number): boolean {
    const lines = this.#lines.of(symbol.file);
    if (!lines) return false;
    const endLine = lastLineOf(symbol, lines);
    const whole = joined(lines.slice(symbol.startLine - 1, endLine));
    if (whole === '') return false;
    const put = (text: string, form: CodeSection['form']): boolean => {
      const section: CodeSection = {
        detail: 'code',
        ...placeOf(symbol, role, distance),
        endLine,
        form,
        text,
      };
      if (!this.#budget.spend(this.#writer.cost(section), allowance)) return false;
      this.#sections.push(section);
      return true;
    };
    if (put(this.#compressed(whole, symbol.file), 'whole')) return true;
    const outline = isContainer(symbol) ? outlineOf(this.#request.snapshot, symbol, lines) : undefined;
    if (outline !== undefined && put(outline, 'outline')) return true;
    if (role !== 'target') return false;
    const limit = Math.min(allowance, this.#budget.left);
    // What stands around the text costs as well; escapes make JSON longer than its text.
    for (let share = 0.95; share > 0.5; share -= 0.15) {
      const room = Math.floor(limit * share) - 24;
      if (room < SMALLEST_CUT) return false;
      const cut = cutCode(outline ?? whole, room, this.#request.counter);
      if (cut && put(cut.text, 'cut')) return true;
    }
    return false;
  }

  #compressed(text: string, file: FileId): string {
    const { compress, snapshot } = this.#request;
    return compress ? joined(compress(dedented(text), snapshot.files()[file]!.language).split('\n')) : text;
  }

  #weights(distance: number): Map<SymbolId, number> {
    const { targets } = this.#request;
    const given = new Map(targets.map(({ symbol, weight }) => [symbol, weight]));
    const weights = new Map<SymbolId, number>();
    // Targets that did not fit are what was asked about all the same.
    if (distance === 0) for (const [id, weight] of given) weights.set(id, weight);
    for (const [id, at] of this.#shown) if (at === distance) weights.set(id, given.get(id) ?? 1);
    return weights;
  }

  #holdsShown(id: SymbolId): boolean {
    for (const shown of this.#shown.keys())
      for (let at = shown; at >= 0; at = this.#parents[at]!) if (at === id) return true;
    return false;
  }
}
