/** As much of the ustar format (POSIX.1-1988) as an image of folders, links and small files needs. */

export type TarEntry =
  | { readonly kind: 'folder'; readonly name: string; readonly mode: number }
  | { readonly kind: 'link'; readonly name: string; readonly target: string }
  | { readonly kind: 'file'; readonly name: string; readonly text: string };

const BLOCK = 512;

export function tarOf(entries: readonly TarEntry[]): Uint8Array {
  return Buffer.concat([...entries.flatMap(blocksOf), Buffer.alloc(2 * BLOCK)]);
}

function blocksOf(entry: TarEntry): Buffer[] {
  const content = Buffer.from(entry.kind === 'file' ? entry.text : '');
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, width: number): void => {
    header.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1');
  };
  header.write(entry.kind === 'folder' ? `${entry.name}/` : entry.name, 0, 100);
  octal(entry.kind === 'folder' ? entry.mode : entry.kind === 'link' ? 0o777 : 0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(content.length, 124, 12);
  octal(0, 136, 12);
  header.write({ folder: '5', link: '2', file: '0' }[entry.kind], 156);
  if (entry.kind === 'link') header.write(entry.target, 157, 100);
  header.write('ustar\x0000', 257, 'latin1');
  // The sum is taken with eight spaces in its own place.
  header.fill(' ', 148, 156);
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return [header, content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)];
}
