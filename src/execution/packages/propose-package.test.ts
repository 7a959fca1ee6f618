import { describe, expect, it } from 'vitest';
import { lookAlikeOf } from './look-alike.ts';
import { proposePackage } from './propose-package.ts';

const python = (module: string) => proposePackage({ ecosystem: 'python', module }, []);
const npm = (module: string) => proposePackage({ ecosystem: 'npm', module }, []);

describe('the package of a module', () => {
  it('is the one that brings it', () => {
    for (const [module, name] of [
      ['cv2', 'opencv-python'],
      ['sklearn.svm', 'scikit-learn'],
      ['yaml', 'pyyaml'],
      ['PIL', 'pillow'],
      ['bs4', 'beautifulsoup4'],
      ['dateutil', 'python-dateutil'],
      ['Crypto', 'pycryptodome'],
      ['google.protobuf', 'protobuf'],
      ['requests', 'requests'],
      ['some_own_thing', 'some-own-thing'],
    ])
      expect(python(module!)?.package, module).toBe(name);
    expect(npm('lodash/fp')?.package).toBe('lodash');
    expect(npm('@scope/name/part')?.package).toBe('@scope/name');
  });

  it('is none for the language’s own modules, and for what is no name', () => {
    expect(python('distutils.core')).toBeUndefined();
    expect(python('tkinter')).toBeUndefined();
    expect(npm('node:fs')).toBeUndefined();
    expect(npm('fs/promises')).toBeUndefined();
    expect(npm('$alias')).toBeUndefined();
  });
});

describe('look-alikes', () => {
  it.each([
    ['python', 'reqeusts', 'requests'],
    ['python', 'request', 'requests'],
    ['python', 'nunpy', 'numpy'],
    ['python', 'python-requests', 'requests'],
    ['python', 'djang0', 'django'],
    ['npm', 'lodahs', 'lodash'],
    ['npm', 'expres', 'express'],
    ['npm', 'crossenv', 'cross-env'],
    ['npm', 'reactdom', 'react-dom'],
  ] as const)('%s %s is taken for %s', (ecosystem, name, known) => {
    expect(lookAlikeOf(ecosystem, name)).toBe(known);
  });

  it('are not what is well known itself, or like nothing', () => {
    for (const name of ['requests', 'Flask', 'python_dateutil', 'torch', 'some-own-thing', 'httpx'])
      expect(lookAlikeOf('python', name), name).toBeUndefined();
    for (const name of ['preact', 'lodash', 'mysql2', 'left-pad'])
      expect(lookAlikeOf('npm', name), name).toBeUndefined();
  });
});
