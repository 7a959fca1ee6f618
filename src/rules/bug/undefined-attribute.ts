import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { classOfMethod, decoratorNames, parts } from '../analysis/python-nodes.ts';
import { defineRule, type Project } from '../rule.ts';

/** Unknown names of one class that are still taken for mistakes. */
const MOST = 2;

/** Only classes whose bases stand in the same file or are `object`, from which nobody inherits, and that do nothing dynamic. */
export const rule = defineRule({
  id: 'undefined-attribute',
  title: 'Attribute of `self` that nothing sets',
  reason:
    'No method of the class or of its bases sets or defines this attribute, and nothing else stores it: reading it raises AttributeError. Correct the spelling, or set it in `__init__`.',
  category: 'bug',
  severity: 4,
  references: ['CWE-457', 'pylint E1101'],
  languages: ['python'],
  aliases: ['no-member', 'E1101', 'attr-defined', 'type-ignore'],
  tree: {
    python: (file) => {
      const { nodes } = file;
      const classes = new Map<string, number>();
      const doubled = new Set<string>();
      return {
        class_definition: (node) => {
          const name = nodes.slice(nodes.child(node, 'name'));
          if (classes.has(name)) doubled.add(name);
          classes.set(name, node);
        },
        end: () => {
          if (file.isPartial || file.python.isDynamic) return;
          for (const [name, node] of classes) if (!doubled.has(name)) look(name, node);
        },
      };

      function look(name: string, node: number): void {
        const family = familyOf(name, new Set());
        if (!family) return;
        const text = family.map((one) => nodes.slice(one)).join('\n');
        if (/__getattr|__dict__|setattr\(|hasattr\(self|vars\(self|__slots__|AttributeError|locals\(\)/.test(text))
          return;
        const known = new Set(family.flatMap((one) => [...membersOf(one)]));
        const unknown = new Map<string, number>();
        for (let at = node; at < nodes.tree.subtreeEnd[node]!; at++) {
          if (!nodes.is(at, 'attribute') || nodes.slice(nodes.child(at, 'object')) !== 'self') continue;
          const attribute = nodes.child(at, 'attribute');
          const read = nodes.slice(attribute);
          if (known.has(read) || unknown.has(read) || read.startsWith('__') || !isOwn(at, node)) continue;
          unknown.set(read, attribute);
        }
        // Many such names: what inherits from it, or makes it, sets them.
        if (unknown.size > MOST) return;
        for (const [read, attribute] of unknown)
          file.note(file.at(attribute), { attribute: read, owner: name, line: file.line(nodes.tree.start[node]!) });
      }

      /** The class and its bases; undefined where one is not known. */
      function familyOf(name: string, seen: Set<string>): number[] | undefined {
        const node = classes.get(name);
        if (node === undefined || doubled.has(name) || seen.has(name) || decoratorNames(nodes, node).length > 0)
          return undefined;
        seen.add(name);
        const found = [node];
        for (const base of parts(nodes, nodes.child(node, 'superclasses'))) {
          const text = nodes.slice(base);
          if (text === 'object') continue;
          const above = nodes.is(base, 'identifier') ? familyOf(text, seen) : undefined;
          if (!above) return undefined;
          found.push(...above);
        }
        return found;
      }

      /** Names that the body binds, and attributes that any code in it stores, whatever the object. */
      function membersOf(owner: number): ReadonlySet<string> {
        const names = new Set<string>(file.python.scopeOf(owner)?.variables.keys());
        for (const [, name] of nodes
          .slice(owner)
          .matchAll(/\.(\w+)\s*(?:(?::[^=\n]+)?=(?!=)|[-+*/|&^%@<>]+=|,[^=\n]*=(?!=))/g))
          names.add(name!);
        // Targets may go over several lines, with comments between them.
        for (let at = owner; at < nodes.tree.subtreeEnd[owner]!; at++)
          if (nodes.is(at, 'attribute') && isTarget(at)) names.add(nodes.slice(nodes.child(at, 'attribute')));
        for (const [, name] of nodes.slice(owner).matchAll(/(?:\bas|\bfor|,|\()\s+\(?self\.(\w+)/g)) names.add(name!);
        return names;
      }

      function isTarget(attribute: number): boolean {
        let part = attribute;
        let above = nodes.parent(part);
        while (above >= 0 && /^(?:pattern_list|\w+_pattern|tuple|list|list_splat)$/.test(nodes.typeName(above))) {
          part = above;
          above = nodes.parent(above);
        }
        return above >= 0 && (nodes.child(above, 'left') === part || nodes.is(above, 'as_pattern_target'));
      }

      /** In a method of this very class whose first parameter is `self`. */
      function isOwn(read: number, owner: number): boolean {
        for (let at = nodes.parent(read); at >= 0; at = nodes.parent(at)) {
          if (nodes.is(at, 'class_definition')) return false;
          if (!nodes.is(at, 'function_definition')) continue;
          const [first] = parts(nodes, nodes.child(at, 'parameters'));
          const around = classOfMethod(nodes, at);
          // A function inside of a method with a `self` of its own becomes a method of something else.
          if (around < 0 && first !== undefined && nodes.slice(first) === 'self') return false;
          if (around >= 0)
            return (
              around === owner &&
              first !== undefined &&
              nodes.slice(first) === 'self' &&
              decoratorNames(nodes, at).length === 0
            );
        }
        return false;
      }
    },
  },
  *conclude(files, project) {
    const { snapshot } = project;
    const asked = files.flatMap(({ path, notes }) => notes.map((note) => ({ path, note })));
    if (asked.length === 0) return;
    const words = new Set(asked.map(({ note }) => String(note.data['attribute'])));
    const owners = new Set(asked.map(({ note }) => String(note.data['owner'])));
    const { stored, inherited } = usesIn(project, words, owners);
    for (const { path, note } of asked) {
      const { attribute, owner, line } = note.data;
      const file = snapshot.fileByPath(path);
      const symbol = file && snapshot.symbolsOf(file.id).find((one) => one.kind === 'class' && one.name === owner);
      if (
        !symbol ||
        stored.has(String(attribute)) ||
        inherited.has(symbol.name) ||
        /mixin|base|abstract/i.test(symbol.name)
      )
        continue;
      if (hasHeirs(snapshot, symbol)) continue;
      yield {
        message: `\`self.${String(attribute)}\` is never set: \`${String(owner)}\` (line ${String(line)}) and its bases know no such name.`,
        place: { ...note.place, path },
        identity: `${String(owner)}.${String(attribute)}`,
      };
    }
  },
  examples: [
    {
      language: 'python',
      bad: 'class Maker:\n    def make(self):\n        def call(name):\n            return self.send(name)\n\n        return call\n',
      good: 'class Maker:\n    def make(self):\n        def call(self, name):\n            return self.send(name)\n\n        return call\n',
    },
    {
      language: 'python',
      bad: 'class Head:\n    def read(self, data):\n        (\n            _,\n            self.size,  # bytes\n        ) = data\n        return self.sise\n',
      good: 'class Head:\n    def read(self, data):\n        (\n            _,\n            self.size,  # bytes\n            self.count,  # entries\n        ) = data\n        return self.size * self.count\n',
    },
    {
      language: 'python',
      bad: 'class Job:\n    def __init__(self):\n        self.steps = []\n\n    def size(self):\n        return len(self.step)\n',
      good: 'class Base:\n    def run(self):\n        return 1\n\n\nclass Job(Base):\n    def __init__(self):\n        self.steps = []\n\n    def size(self):\n        return len(self.steps) + self.run()\n',
    },
    {
      language: 'python',
      bad: 'class Job:\n    def stop(self):\n        return self.name\n',
      good: 'class Job:\n    def stop(self):\n        return self.name\n\n\njob = Job()\njob.name = "a"\n',
    },
    {
      language: 'python',
      bad: 'class Job:\n    def __init__(self):\n        self.parts: dict[\n            str, int\n        ] = {}\n\n    def size(self):\n        return len(self.part)\n',
      good: 'class Job:\n    def __init__(self):\n        self.parts: dict[\n            str, int\n        ] = {}\n\n    def size(self):\n        return len(self.parts)\n',
    },
  ],
});

function hasHeirs(snapshot: Snapshot, { id }: SymbolRecord): boolean {
  return snapshot.edgesTo(id, ['inherits', 'implements']).length > 0;
}

/** Of the attributes, those that some file stores or names in a string; of the classes, those that stand among another's bases. */
function usesIn(
  project: Project,
  attributes: ReadonlySet<string>,
  classes: ReadonlySet<string>,
): { readonly stored: ReadonlySet<string>; readonly inherited: ReadonlySet<string> } {
  const stored = new Set<string>();
  const inherited = new Set<string>();
  for (const file of project.snapshot.files()) {
    if (file.language !== 'python') continue;
    const uses = project.ofContent(file, 'undefined-attribute', () => usesOf(project.snapshot.text(file.id) ?? ''));
    for (const name of attributes) if (uses.stored.has(name)) stored.add(name);
    for (const name of classes) if (uses.bases.has(name)) inherited.add(name);
  }
  return { stored, inherited };
}

function usesOf(text: string): { readonly stored: ReadonlySet<string>; readonly bases: ReadonlySet<string> } {
  const stored = new Set<string>();
  const bases = new Set<string>();
  for (const [, attribute, quoted] of text.matchAll(
    /\.(\w+)\s*(?::(?:[^=\n[]+|[^=\n[]*\[[^=]*?\]\s*))?=(?!=)|["'](\w+)["']/g,
  ))
    stored.add(attribute ?? quoted ?? '');
  for (const [, list] of text.matchAll(/^\s*class\s+\w+\s*\(([^)]*)\)/gm))
    for (const [word] of list!.matchAll(/\w+/g)) bases.add(word);
  for (const [, word] of text.matchAll(/\btype\([^()]*\(([\w.]+)/g)) bases.add(word!);
  return { stored, bases };
}
