import { expect, test } from 'vitest';
import { compilerNames, toldNames } from './told-names.ts';

const globalsOf = (text: string): readonly string[] => [...toldNames(text).globals];
const modulesOf = (text: string): readonly string[] => [...toldNames(text).modules];

test('what bundlers provide and define is known', () => {
  const text = `
    const { DefinePlugin, ProvidePlugin } = require('webpack');
    module.exports = { plugins: [
      new ProvidePlugin({ $: 'jquery', 'window.jQuery': 'jquery' }),
      new webpack.DefinePlugin({
        // a comment, { with: braces }
        'page.title': JSON.stringify({ a: "}" }), VERSION: 1,
      }),
    ] };`;
  expect(globalsOf(text)).toEqual(['$', 'jQuery', 'page', 'VERSION']);
});

test('what follows the settings, and what stands inside of a value, is not', () => {
  expect(globalsOf("export default { define: { a: { b: 1 }, c: f('x', { d: 2 }) }, e: 3 };")).toEqual(['a', 'c']);
  expect(globalsOf('const a = { b: 1 };')).toEqual([]);
});

test('what the page has is a module and a global name; what is only external is a module', () => {
  const text = "module.exports = { externals: { jquery: 'jQuery', three: 'window.THREE', 'a-b': { root: ['A'] } } };";
  expect(modulesOf(text)).toEqual(['jquery', 'three', 'a-b']);
  expect(globalsOf(text)).toEqual(['jQuery', 'THREE']);
  const shims = '{ "browserify-shim": { "jquery": "global:$", "./own.js": "own" } }';
  expect(modulesOf(shims)).toEqual(['jquery']);
  expect(globalsOf(shims)).toEqual(['$']);
  expect(modulesOf("bundle.require('./made.js', { expose: 'FieldTypes' }); // browserify")).toEqual(['FieldTypes']);
});

test('a linter is told names, and no modules', () => {
  for (const text of [
    '{ "globals": { "angular": false, "page": "readonly" } }',
    'env:\n  browser: true\nglobals:\n  angular: false\n  page: readonly\nrules:\n  semi: 2\n',
    '{ "predef": ["angular", "page"] }',
  ]) {
    expect(globalsOf(text)).toEqual(['angular', 'page']);
    expect(modulesOf(text)).toEqual([]);
  }
});

test('a text that ends too early is no fault', () => {
  expect(globalsOf('new DefinePlugin({ a: "b')).toEqual([]);
  expect(globalsOf('new DefinePlugin({ a: 1, /* b')).toEqual(['a']);
});

test('compilers of frameworks bind names for who depends on them', () => {
  expect(compilerNames(['react', 'gatsby'])).toContain('graphql');
  expect(compilerNames(['react'])).toEqual([]);
});
