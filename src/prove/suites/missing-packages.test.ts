import { expect, it } from 'vitest';
import { missingPackages } from './missing-packages.ts';

const nothing = (): boolean => false;

it('names the package of a module that is missing', () => {
  const errors = ["tests/test_a.py: ModuleNotFoundError: No module named 'yaml.nodes'", "No module named 'yaml'"];
  expect(missingPackages(errors, 'python', [], nothing)).toEqual([
    expect.stringMatching(/^yaml is not installed here; it comes with the package (?:PyYAML|pyyaml): pip install/),
  ]);
  const script = [
    "a.test.js: Cannot find package '@scope/tool/part' imported from /t/a.test.js",
    "Cannot find module './x'",
  ];
  expect(missingPackages(script, 'npm', [], nothing)).toEqual([expect.stringContaining('npm install @scope/tool')]);
});

it('says nothing of what the tree or the language has', () => {
  expect(missingPackages(["No module named 'shop'"], 'python', [], (name) => name === 'shop')).toEqual([]);
  expect(missingPackages(["No module named 'json'", 'no'], 'python', [], nothing)).toEqual([]);
  expect(missingPackages(["Cannot find module '@/lib'", "Cannot find module 'node:x'"], 'npm', [], nothing)).toEqual(
    [],
  );
});
