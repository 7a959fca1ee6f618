/** What is compared with universal-ctags: packages by language, and which of ctags' kinds are definitions. */
import type { Package } from './packages.ts';

export interface DefinitionTree {
  /** Trowel's language names whose files are compared. */
  readonly languages: readonly string[];
  /** ctags' own name of the language, forced on these files. */
  readonly ctags: string;
  /** Part of ctags' names that is no part of ours. */
  readonly prefix?: RegExp;
  readonly packages: readonly Package[];
  /** Kinds of ctags that are no definitions of the file's own, and why. */
  readonly leftOut: Readonly<Record<string, string>>;
  /** What reading the differences in the sources showed. */
  readonly explained?: readonly string[];
}

export const definitionTrees: readonly DefinitionTree[] = [
  {
    languages: ['python'],
    ctags: 'Python',
    packages: [
      { registry: 'pypi', name: 'Django', version: '4.2.16', within: 'django' },
      { registry: 'pypi', name: 'flask', version: '3.0.3', within: 'flask' },
      { registry: 'pypi', name: 'requests', version: '2.32.3', within: 'requests' },
      { registry: 'pypi', name: 'attrs', version: '24.2.0', within: 'attr' },
    ],
    leftOut: { unknown: 'imported names', namespace: 'names of imported modules', module: 'names of imported modules' },
    explained: [
      'A name that is bound again in the same scope is one symbol of Trowel (flag `rebound`), two of ctags; a name that was imported and is then assigned stays an import.',
      'Trowel adds the attributes that methods give to `self`, which ctags does not tell.',
    ],
  },
  {
    languages: ['javascript'],
    ctags: 'JavaScript',
    packages: [
      { registry: 'npm', name: 'lodash-es', version: '4.17.21' },
      { registry: 'npm', name: 'express', version: '4.21.0', within: 'lib' },
      { registry: 'npm', name: 'acorn', version: '8.12.1', within: 'dist' },
    ],
    leftOut: {},
    explained: [
      'ctags makes a class of every function that is called with `new` or has members assigned, so one function is often told twice; it names anonymous functions, and it tells properties of objects inside functions.',
      '`Hash.prototype.clear = hashClear` is a `method` of ctags; for Trowel it is an alias of `hashClear`, which data flow follows, and no definition.',
      'Names with escapes (`\\xc0`) are read by Trowel and not by ctags.',
      'Only in Trowel: methods of objects and classes inside functions, and the first of several `var` in one statement.',
    ],
  },
  {
    languages: ['typescript', 'tsx'],
    ctags: 'TypeScript',
    packages: [
      { registry: 'npm', name: 'rxjs', version: '7.8.1', within: 'src' },
      { registry: 'npm', name: 'zod', version: '4.6.7', within: 'src' },
    ],
    leftOut: {},
    explained: [
      'This version of ctags takes every `const` and `let`, in whatever block, for a constant of the file; Trowel keeps no locals. It also tells words of types (`unique symbol`, `instanceof`, `satisfies`), imported names and the `new` of construct signatures.',
      'Only in Trowel: overload signatures, accessors, parameter properties and members of object literals.',
    ],
  },
  {
    languages: ['go'],
    ctags: 'Go',
    packages: [
      { registry: 'debian', name: 'golang-1.19-src', within: 'usr/share/go-1.19/src/net' },
      { registry: 'debian', name: 'golang-1.19-src', within: 'usr/share/go-1.19/src/cmd/compile' },
    ],
    leftOut: { package: 'the package clause of each file', packageName: 'imported names', unknown: 'imported names' },
    explained: ['The blank identifier `_` names nothing.'],
  },
  {
    languages: ['java'],
    ctags: 'Java',
    packages: [
      { registry: 'maven', name: 'com.google.guava:guava', version: '33.3.0-jre' },
      { registry: 'maven', name: 'com.google.code.gson:gson', version: '2.11.0' },
    ],
    leftOut: { package: 'the package clause of each file' },
    explained: [
      'ctags takes defaults of annotation elements and words of enum bodies for members (`false`, `CharMatcher.is`).',
      'Only in Trowel: members of anonymous and local classes.',
    ],
  },
  {
    languages: ['c'],
    ctags: 'C',
    packages: [{ registry: 'crates', name: 'libgit2-sys', version: '0.17.0+1.8.1', within: 'libgit2/src/libgit2' }],
    leftOut: { header: 'included files' },
    explained: [
      'An unnamed `struct` or `enum` with a `typedef` is one symbol under the name of the typedef for Trowel; ctags tells both, the first as `__anon…`.',
      'ctags takes the expansions of some macros for functions (`__KHASH_TYPE`).',
      'Only in Trowel: prototypes and `extern` variables, which ctags leaves out unless asked.',
    ],
  },
  {
    languages: ['c', 'cpp'],
    ctags: 'C++',
    packages: [
      { registry: 'debian', name: 'nlohmann-json3-dev' },
      { registry: 'debian', name: 'libfmt-dev' },
    ],
    leftOut: { header: 'included files' },
  },
  {
    languages: ['rust'],
    ctags: 'Rust',
    packages: [
      { registry: 'crates', name: 'serde_json', version: '1.0.128' },
      { registry: 'crates', name: 'regex-automata', version: '0.4.8' },
    ],
    leftOut: { implementation: '`impl` blocks: no new name; their members carry the owner' },
  },
  {
    languages: ['csharp'],
    ctags: 'C#',
    prefix: /^(operator\s*|.*\.)/,
    packages: [{ registry: 'pypi-source', name: 'pythonnet', version: '3.0.5', within: 'src' }],
    leftOut: {},
    explained: [
      'This version of ctags reads expression-bodied members (`=>`) wrongly: their parameters and bodies become fields and methods, and the member itself is often missing.',
      'File-scoped namespaces and `local functions` are told by Trowel only.',
    ],
  },
  {
    languages: ['php'],
    ctags: 'PHP',
    packages: [
      { registry: 'debian', name: 'php-symfony-console' },
      { registry: 'debian', name: 'php-symfony-http-foundation' },
    ],
    leftOut: { alias: 'imported names (`use`)' },
  },
  {
    languages: ['ruby'],
    ctags: 'Ruby',
    packages: [{ registry: 'debian', name: 'ruby-activesupport' }],
    leftOut: { library: 'required files' },
  },
  {
    languages: ['kotlin'],
    ctags: 'Kotlin',
    packages: [{ registry: 'maven', name: 'com.squareup.okhttp3:okhttp', version: '4.12.0' }],
    leftOut: { package: 'the package clause of each file' },
  },
];
