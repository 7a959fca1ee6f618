import { pythonBuiltins } from '#languages/python-builtins.ts';
import { noteUnbound, undefinedIn } from '../analysis/unbound-names.ts';
import { defineRule } from '../rule.ts';

/** Built-ins that Python 3 took away. */
const python2Names = new Set(
  'apply basestring buffer cmp coerce execfile file intern long raw_input reduce reload unichr unicode xrange'.split(
    ' ',
  ),
);

/** Methods that Python 3 never calls. */
const python2Methods =
  /^__(?:cmp|coerce|long|unicode|nonzero|getslice|setslice|delslice|div|idiv|rdiv|hex|oct|metaclass)__$/;

/** Bound by interpreters, consoles, type checkers and build tools. */
const ambient = new Set([
  '__builtins__',
  '__annotations__',
  '__class__',
  '__version__',
  '__warningregistry__',
  'get_ipython',
  'reveal_type',
  // A built-in from Python 3.15 on.
  'frozendict',
  // A built-in where Python runs on Windows.
  'WindowsError',
  '_',
]);

/** Filled in where the file is written to: `__BIN_NAME__`. */
const placeholder = /^__[A-Z][A-Z0-9_]*__$/;

/** What a file adds to the built-ins, every other may use. */
const madeBuiltin =
  /\b(?:builtins?|__builtins?__|builtin_mod)\.(\w+)\s*=(?!=)|\bsetattr\(\s*(?:builtins|__builtins?__)\s*,\s*["'](\w+)|\b__builtins__\[["'](\w+)["']\]\s*=(?!=)/g;

export const rule = defineRule({
  id: 'undefined-name',
  title: 'Name that nothing defines',
  reason:
    'Nothing in the file, no import and no built-in has this name: reaching the line raises NameError or ReferenceError. Define it, import it, or correct the spelling.',
  category: 'bug',
  severity: 5,
  references: ['CWE-457', 'pyflakes F821', 'eslint no-undef'],
  languages: ['python', 'javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['F821', 'undefined-variable', 'E0602', 'type-ignore', 'no-undef', 'jsx-no-undef'],
  ecmascript: (file) => ({ end: () => noteUnbound(file) }),
  conclude: undefinedIn,
  tree: {
    python: (file) => ({
      end: () => {
        const { nodes, python } = file;
        for (const [, name = '', given, key] of file.text.matchAll(madeBuiltin))
          file.note({ start: 0, end: 0 }, { name: given ?? key ?? name, isMade: true, isPython: true });
        if (file.isPartial || python.isDynamic) return;
        // Builds and consoles put names into the module.
        if (/\b(?:globals|locals|vars)\(\)(?:\[|\.update|\.setdefault)/.test(file.text)) return;
        const isPython2 = /^\s*(?:print +["'\w%]|exec +["'\w]|except \w+, *\w+:|raise \w+, *["'])/m.test(file.text);
        const told = new Set<string>();
        for (const { node, name, variable } of python.reads) {
          if (ambient.has(name) || placeholder.test(name)) continue;
          if (variable || (pythonBuiltins.has(name) && (isPython2 || !python2Names.has(name))) || told.has(name))
            continue;
          if (isGuarded(node)) continue;
          told.add(name);
          file.note(
            file.at(node),
            { name, isMade: false, isPython: true, isStub: file.isDeclaration },
            { identity: name },
          );
        }

        /** `try: unicode except NameError`, annotations under a string, type comments. */
        function isGuarded(read: number): boolean {
          for (let at = nodes.parent(read); at >= 0; at = nodes.parent(at)) {
            const type = nodes.typeName(at);
            if (type === 'try_statement') {
              const clauses = nodes.slice(at).match(/^\s*except\b[^:\n]*/gm) ?? [];
              if (clauses.some((clause) => /NameError|Exception\b|except\s*$/.test(clause))) return true;
            }
            if (type === 'delete_statement') return true;
            if (
              type === 'function_definition' &&
              python2Names.has(nodes.slice(read)) &&
              python2Methods.test(nodes.slice(nodes.child(at, 'name')))
            )
              return true;
            if (
              type === 'if_statement' &&
              /sys\.version|PY2|PY3|TYPE_CHECKING|hasattr\(|in dir\(|builtins|\b(?:str|bytes) is (?:not )?(?:bytes|str)\b|\b(?:str|bytes) [!=]= (?:bytes|str)\b/.test(
                nodes.slice(nodes.child(at, 'condition')),
              )
            )
              return true;
            if (type === 'conditional_expression' && /sys\.version|PY2|PY3|hasattr\(/.test(nodes.slice(at)))
              return true;
          }
          return false;
        }
      },
    }),
  },
  examples: [
    {
      language: 'javascript',
      bad: 'export function total(prices) {\n  return sum(prices);\n}\n',
      good: 'export function total(prices) {\n  if (typeof sum === "undefined") return prices.length;\n  return sum(prices) + window.scrollX;\n}\n',
    },
    {
      language: 'javascript',
      bad: 'export const shown = () => pages.map((each) => eahc);\n',
      good: 'export const shown = () => pages.map((each) => each + build.date + strict);\n',
      files: {
        'webpack.config.js':
          'const { DefinePlugin, ProvidePlugin } = require("webpack");\nmodule.exports = {\n  plugins: [new ProvidePlugin({ pages: "./pages" }), new DefinePlugin({ "build.date": "1" })],\n};\n',
        '.eslintrc.json': '{ "globals": { "strict": "readonly" } }\n',
      },
    },
    {
      language: 'javascript',
      bad: 'export const query = graphgl`{ site }`;\n',
      good: 'export const query = graphql`{ site }`;\n',
      files: { 'package.json': '{ "name": "a", "dependencies": { "gatsby": "1" } }\n' },
    },
    {
      language: 'typescript',
      bad: 'export const limit = (a: number) => Math.min(a, MaxValue);\n',
      good: 'declare const MaxValue: number;\nexport const limit = (a: number) => Math.min(a, MaxValue, Other);\n',
      files: { 'ambient.d.ts': 'declare const Other: number;\n' },
    },
    {
      language: 'python',
      bad: 'def total(prices):\n    return sum(pricse)\n',
      good: 'def total(prices):\n    return sum(prices) + __TAX__\n',
    },
    {
      language: 'python',
      bad: 'def run():\n    return shell.start()\n',
      good: 'def run():\n    return console.start()\n',
      files: { 'start.py': 'import builtins\n\nbuiltins.console = 1\n' },
    },
    {
      language: 'python',
      bad: 'class A:\n    size = 3\n    def get(self):\n        return size\n',
      good: 'try:\n    text = unicode\nexcept NameError:\n    text = str\n',
    },
    {
      language: 'python',
      bad: 'class A:\n    def compare(self, other):\n        return cmp(self, other)\n',
      good: 'class A:\n    def __cmp__(self, other):\n        return cmp(self, other)\n',
    },
  ],
});
