/** The profile's text; what it does can be tried on macOS alone, where the conformance suite runs on it. */
import { describe, expect, it } from 'vitest';
import { useFromList } from './process-group.ts';
import { seatbeltProfile } from './seatbelt-profile.ts';

describe('the Seatbelt profile', () => {
  const profile = seatbeltProfile({
    writable: ['/data/sandbox/1'],
    readable: ['/data/sandbox/1', '/Users/me/"odd\\name"'],
  });

  it('denies by default, and the network without exception', () => {
    expect(profile.startsWith('(version 1)\n(deny default)\n')).toBe(true);
    expect(profile).not.toMatch(/allow network/);
  });

  it('opens the system for reading and the copy alone for writing', () => {
    expect(profile.match(/\(allow file-write\* .*\)/g)).toEqual(['(allow file-write* (subpath "/data/sandbox/1"))']);
    expect(profile).not.toContain('(subpath "/Users")');
    expect(profile).not.toContain('(subpath "/private/etc")');
    expect(profile.trimEnd().endsWith('(allow file-read* file-write* (subpath "/data/sandbox/1"))')).toBe(true);
  });

  it('quotes names', () => {
    expect(profile).toContain(String.raw`(subpath "/Users/me/\"odd\\name\"")`);
    const plain = profile.replace(/"(?:[^"\\]|\\.)*"/g, '');
    expect(plain.split('(').length).toBe(plain.split(')').length);
  });
});

describe('what ps lists', () => {
  it('is counted by group, without its leader', () => {
    const list = '  100 100  500 0:01.50\n  100 101 2048 0:02.00\n  100 102 1024 1-01:00:00\n  999 103 9999 9:99\n';
    expect(useFromList(list, 100)).toEqual({
      processes: 2,
      residentBytes: 3072 * 1024,
      processorMilliseconds: 1500 + 2000 + 90_000_000,
    });
  });
});
