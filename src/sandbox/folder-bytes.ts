import { execFile } from 'node:child_process';

/** What folders take on disk, in bytes; never through a link. Takes time in proportion to their files. */
export function folderBytes(folders: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    execFile('du', ['-sk', '--', ...folders], { env: { PATH: '/usr/bin:/bin' } }, (_error, said) => {
      const sizes = said.split('\n').map((line) => Number.parseInt(line, 10) || 0);
      resolve(sizes.reduce((sum, size) => sum + size, 0) * 1024);
    });
  });
}
