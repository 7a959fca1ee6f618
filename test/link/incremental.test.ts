/** A linker that lived through edits yields what a new one yields. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLinker } from '#link/create-linker.ts';
import type { LinkableFile, Linker } from '#link/linker.ts';
import type { FileFacts } from '#model/facts.ts';
import type { LinkedFile } from '#model/graph.ts';
import { linkable, type NamedEdge, nameEdges, projectOf } from '../link-files.ts';

/** Each file's states: bodies edited, names added and renamed, the file gone. */
const python: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'shapes.py': [
    'class Shape:\n    def __init__(self, on_draw):\n        self.on_draw = on_draw\n    def draw(self):\n        self.on_draw()\n        return self\n',
    'import tools\n\nclass Shape:\n    def __init__(self, on_draw):\n        self.on_draw = on_draw\n    def draw(self):\n        x = tools.twice(self.on_draw)\n        self.on_draw()\n        return self\n',
    'def early(): pass\nclass Base:\n    def area(self): return self.side()\n    def side(self): pass\nclass Shape(Base):\n    def __init__(self, on_draw):\n        self.on_draw = on_draw\n    def draw(self):\n        early()\n        self.on_draw()\n        return self\n',
    undefined,
  ],
  'tools.py': [
    'def twice(f):\n    f()\n    f()\n    return f\ndef make():\n    return helper\ndef helper(): pass\n',
    'def twice(f):\n    y = [1, f]\n    print(y)\n    y[1]()\n    make()\n    return f\ndef make():\n    return helper\ndef helper(): pass\n',
    'def twice(f):\n    f()\n    log(f)\n    return f\ndef log(x):\n    x()\ndef make():\n    return helper\ndef helper(): pass\n',
    'HOOKS = []\ndef register(f):\n    HOOKS.append(f)\n    return f\ndef twice(f):\n    for h in HOOKS:\n        h()\n    return f\ndef make():\n    return twice\n',
    undefined,
  ],
  'main.py': [
    'from shapes import Shape\nimport tools\n\ndef callback(): pass\ns = Shape(callback)\ns.draw().draw()\ntools.twice(callback)()\ntools.make()()\n',
    'from shapes import Shape\nfrom tools import *\n\ndef callback():\n    other()\ndef other(): pass\ndef run():\n    s = Shape(lambda: other())\n    s.draw()\n    twice(callback)\nrun()\n',
    'from tools import register\n\n@register\ndef callback(): pass\nclass Square:\n    def draw(self): pass\nSquare().draw()\n',
    undefined,
  ],
  'factory.py': [
    'import tools\n\ndef wrap(before):\n    def decorator(f):\n        def inner(*args):\n            before()\n            return f(*args)\n        return inner\n    return decorator\ndef proxy(f):\n    class Lazy:\n        def get(self): return f()\n    return Lazy()\n',
    'import tools\n\ndef early(): pass\ndef wrap(before):\n    early()\n    def decorator(f):\n        tools.make()\n        return f\n    return decorator\ndef proxy(f):\n    return f\n',
    'def wrap(before):\n    def inner(f):\n        before()\n        return f\n    return inner\nclass proxy:\n    def __init__(self, f): self.f = f\n    def get(self): return self.f()\n',
    undefined,
  ],
  'decorated.py': [
    'from factory import wrap, proxy\nimport tools\n\ndef one(): pass\ndef two(): return tools.helper\n@wrap(one)\ndef a(): return one\n@wrap(two)\ndef b(): return two\ndef use():\n    a()()\ndef other():\n    b()()\nproxy(a).get()\nproxy(two).get()()\n',
    'from factory import wrap, proxy\n\ndef one(): pass\n@wrap(lambda: one())\ndef a(): return proxy(one).get\na()()\n',
    undefined,
  ],
  'user.py': [
    'import main\nfrom shapes import Shape\n\nclass Big(Shape):\n    def draw(self):\n        super().draw()\n        return main.callback()\nBig(main.callback).draw()\n',
    'import main\nmain.callback()\nmain.missing()\n',
    undefined,
  ],
};

const ecmascript: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'lib.js': [
    'export class Emitter {\n  constructor() { this.list = []; }\n  on(f) { this.list.push(f); }\n  fire() { this.list.forEach((f) => f()); }\n}\nexport const twice = (f) => { f(); return f; };\n',
    'export class Emitter {\n  constructor() { this.list = []; }\n  on(f) { const x = [f]; x[0](); this.list.push(f); }\n  fire() { this.list.forEach((f) => f()); }\n}\nexport const twice = (f) => { const y = f; y(); f(); return f; };\n',
    'import { log } from "./log.js";\nexport class Emitter {\n  constructor() { this.list = []; }\n  on(f) { this.list.push(f); log(); }\n  fire() { for (const f of this.list) f(); }\n}\nexport const twice = (f) => { f(); f(); return f; };\n',
    'export function twice(f) { return () => f(); }\nexport const Emitter = class { on(f) { f(); } };\n',
    undefined,
  ],
  'log.js': [
    'export function log() { write(); }\nfunction write() {}\n',
    'export const log = () => {};\nexport default log;\n',
    undefined,
  ],
  'factory.js': [
    'export function counter(on) {\n  let count = 0;\n  return { up() { count++; on(); return this; }, get: () => on };\n}\nexport const later = (f) => () => f();\n',
    'export const counter = (on) => class { up() { on(); return this; } };\nexport const later = (f) => f;\n',
    undefined,
  ],
  'counted.js': [
    'import { counter, later } from "./factory.js";\nimport { log } from "./log.js";\nfunction x() { log(); }\nfunction y() {}\nexport function one() { counter(x).up().get()(); }\nexport function two() { counter(y).up(); later(y)(); later(one)(); }\n',
    'import { counter } from "./factory.js";\nconst C = counter(() => {});\nnew C().up();\n',
    undefined,
  ],
  'main.js': [
    'import { Emitter, twice } from "./lib.js";\nfunction a() {}\nconst e = new Emitter();\ne.on(a);\ne.fire();\ntwice(a)();\n',
    'import * as lib from "./lib.js";\nimport { log } from "./log.js";\nfunction b() { log(); }\nfunction go() { lib.twice(b); }\ngo();\n',
    'const { twice } = require("./lib.js");\nmodule.exports = { run() { return twice(this.inner); }, inner() {} };\n',
    undefined,
  ],
};

function canonical(edges: readonly NamedEdge[]): string[] {
  return edges.map((edge) => `${edge.source} ${edge.kind} ${edge.target} ${edge.provenance} ${edge.line}`).sort();
}

class Watched {
  readonly #linker: Linker;
  readonly #edges = new Map<string, LinkedFile>();
  readonly #facts = new Map<string, FileFacts>();

  constructor() {
    this.#linker = createLinker(projectOf(new Map()));
  }

  update(changed: readonly LinkableFile[], removed: readonly string[]): void {
    for (const file of changed) this.#facts.set(file.path, file.facts);
    for (const file of removed) {
      this.#facts.delete(file);
      this.#edges.delete(file);
    }
    const { linked, paths } = this.#linker.update(changed, removed);
    for (const [file, edges] of linked) this.#edges.set(file, edges);
    this.#paths = paths;
  }

  #paths: readonly string[] = [];

  dump(): string[] {
    return canonical(nameEdges({ linked: this.#edges, paths: this.#paths }, this.#facts));
  }
}

async function checkProject(project: typeof python): Promise<void> {
  const paths = Object.keys(project);
  const states = new Map<string, readonly (LinkableFile | undefined)[]>();
  for (const path of paths) {
    states.set(
      path,
      await Promise.all(project[path]!.map((text) => (text === undefined ? undefined : linkable(path, text)))),
    );
  }
  const edit = fc.tuple(fc.nat(paths.length - 1), fc.nat(7));
  fc.assert(
    fc.property(fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 }), (rounds) => {
      const now = new Map<string, LinkableFile>();
      const watched = new Watched();
      for (const round of [paths.map((_, index) => [index, 0] as const), ...rounds]) {
        const changed = new Map<string, LinkableFile | undefined>();
        for (const [index, choice] of round) {
          const choices = states.get(paths[index]!)!;
          changed.set(paths[index]!, choices[choice % choices.length]);
        }
        const removed = [...changed].filter(([path, file]) => !file && now.has(path)).map(([path]) => path);
        const given = [...changed.values()].filter((file) => file !== undefined);
        for (const path of removed) now.delete(path);
        for (const file of given) now.set(file.path, file);
        watched.update(given, removed);
        const fresh = new Watched();
        fresh.update([...now.values()].reverse(), []);
        expect(watched.dump()).toEqual(fresh.dump());
      }
    }),
    { numRuns: 60 },
  );
}

describe('after any edits, the edges are those of a new linker', () => {
  it('Python', () => checkProject(python));
  it('ECMAScript', () => checkProject(ecmascript));
});
