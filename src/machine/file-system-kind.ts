import { statfsSync } from 'node:fs';

export interface FileSystemKind {
  readonly name: string;
  /** Shared with other machines: locks and change notices cannot be relied on. */
  readonly network: boolean;
  readonly freeBytes: number;
}

/** Magic numbers of statfs(2) on Linux. */
const kinds: Readonly<Record<number, readonly [name: string, network: boolean]>> = {
  0xef53: ['ext', false],
  0x9123683e: ['btrfs', false],
  0x58465342: ['xfs', false],
  0x2fc12fc1: ['zfs', false],
  0xf2f52010: ['f2fs', false],
  0x01021994: ['tmpfs', false],
  0x794c7630: ['overlay', false],
  0x4d44: ['vfat', false],
  0x2011bab0: ['exfat', false],
  0x5346544e: ['ntfs', false],
  0x7366746e: ['ntfs3', false],
  0x6969: ['nfs', true],
  0xff534d42: ['cifs', true],
  0xfe534d42: ['smb', true],
  0x517b: ['smb', true],
  0x65735546: ['fuse', true],
  0x01021997: ['9p', true],
  0x00c36400: ['ceph', true],
  0x0bd00bd0: ['lustre', true],
  0x47504653: ['gpfs', true],
  0x5346414f: ['afs', true],
};

/** The file system under an existing path; undefined where the system does not say. */
export function fileSystemKind(path: string, platform: NodeJS.Platform): FileSystemKind | undefined {
  try {
    const { type, bavail, bsize } = statfsSync(path);
    const [name, network] =
      platform === 'linux' ? (kinds[type >>> 0] ?? [`0x${(type >>> 0).toString(16)}`, false]) : ['local', false];
    return { name, network, freeBytes: bavail * bsize };
  } catch {
    return undefined;
  }
}
