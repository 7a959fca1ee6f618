/** Which paths git tracks, read from `.git/index` (gitformat-index, versions 2 to 4) without starting git. */
import { readFileSync } from 'node:fs';

export interface GitIndex {
  /** Whether the file is tracked. Paths are relative to the work tree's root. */
  tracks(path: string): boolean;
  /** Whether anything below the folder is tracked. */
  tracksBelow(folder: string): boolean;
  isSubmodule(path: string): boolean;
  readonly submodules: readonly string[];
  /** Files that a sparse checkout leaves out. */
  readonly leftOut: number;
  readonly count: number;
}

const SUBMODULE_MODE = 0o160000;

/** Undefined: no index, one that is damaged, or one split over two files; then nothing is known about tracking. */
export function readGitIndex(file: string, hashBytes: 20 | 32 = 20): GitIndex | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return undefined;
  }
  if (bytes.length < 12 + hashBytes || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = bytes.readUInt32BE(4);
  const count = bytes.readUInt32BE(8);
  if (version < 2 || version > 4) return undefined;
  // Names as latin1 strings: their order is that of the bytes, in which the index is sorted.
  const names: string[] = [];
  const submodules: string[] = [];
  let leftOut = 0;
  let at = 12;
  let previous = '';
  const limit = bytes.length - hashBytes;
  for (let entry = 0; entry < count; entry++) {
    const flagsAt = at + 40 + hashBytes;
    if (flagsAt + 2 > limit) return undefined;
    const mode = bytes.readUInt32BE(at + 24);
    const flags = bytes.readUInt16BE(flagsAt);
    let nameAt = flagsAt + 2;
    if (version >= 3 && (flags & 0x4000) !== 0) {
      if ((bytes.readUInt16BE(nameAt) & 0x4000) !== 0) leftOut++;
      nameAt += 2;
    }
    let name: string;
    if (version === 4) {
      let byte = bytes[nameAt++]!;
      let strip = byte & 0x7f;
      while ((byte & 0x80) !== 0) {
        byte = bytes[nameAt++]!;
        strip = ((strip + 1) << 7) | (byte & 0x7f);
      }
      const stop = bytes.indexOf(0, nameAt);
      if (stop < 0 || strip > previous.length) return undefined;
      name = previous.slice(0, previous.length - strip) + bytes.toString('latin1', nameAt, stop);
      at = stop + 1;
    } else {
      const length = flags & 0xfff;
      const stop = length < 0xfff ? nameAt + length : bytes.indexOf(0, nameAt);
      if (stop < 0 || stop > limit) return undefined;
      name = bytes.toString('latin1', nameAt, stop);
      at += (stop - at + 8) & ~7;
    }
    previous = name;
    names.push(name);
    if (mode === SUBMODULE_MODE) submodules.push(Buffer.from(name, 'latin1').toString('utf8'));
  }
  if (at + 4 <= limit && bytes.toString('latin1', at, at + 4) === 'link') return undefined;

  const firstFrom = (key: string): number => {
    let low = 0;
    let high = names.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (names[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const key = (path: string): string =>
    /^[\0-\x7f]*$/.test(path) ? path : Buffer.from(path, 'utf8').toString('latin1');
  const submoduleSet = new Set(submodules);
  return {
    tracks: (path) => {
      const wanted = key(path);
      return names[firstFrom(wanted)] === wanted;
    },
    tracksBelow: (folder) => {
      const wanted = key(`${folder}/`);
      // A sparse index ends a left-out folder's name with the slash itself.
      return names[firstFrom(wanted)]?.startsWith(wanted) ?? false;
    },
    isSubmodule: (path) => submoduleSet.has(path),
    submodules,
    leftOut,
    count: names.length,
  };
}
