/** Which folders are the main modules of a tree: split where the weight is, until the parts can be seen at a glance. */

export interface PartitionFile {
  readonly path: string;
  readonly codeLines: number;
}

export interface Part {
  /** Folder, `.` for the root's own files. A folder whose sub-folders are parts of their own keeps only its own files. */
  readonly path: string;
  readonly files: readonly PartitionFile[];
  readonly codeLines: number;
}

interface Folder {
  readonly path: string;
  readonly own: PartitionFile[];
  readonly children: Map<string, Folder>;
  codeLines: number;
}

const MOST_PARTS = 20;
/** A part that holds more than this share of all code says too little: it is split. */
const LARGEST_SHARE = 0.2;
const FEWEST_PARTS = 6;
/** A part that holds more than half of the code is split whatever comes of it, up to this many parts. */
const MOST_PARTS_AT_ALL = 80;

/** Largest part first. */
export function partition(files: readonly PartitionFile[]): Part[] {
  const root = folderTree(files);
  let parts: { folder: Folder; whole: boolean }[] = [{ folder: root, whole: true }];
  for (;;) {
    const candidates = parts
      .filter(({ folder, whole }) => whole && folder.children.size > 0)
      .sort((a, b) => b.folder.codeLines - a.folder.codeLines);
    const next = candidates.find(({ folder }) => {
      const grown = parts.length - 1 + folder.children.size + (folder.own.length > 0 ? 1 : 0);
      const most = folder.codeLines > root.codeLines / 2 ? MOST_PARTS_AT_ALL : MOST_PARTS;
      return grown <= most || folder.children.size === 1 || parts.length === 1;
    });
    if (!next || (parts.length >= FEWEST_PARTS && next.folder.codeLines <= root.codeLines * LARGEST_SHARE)) break;
    parts = parts.filter((part) => part !== next);
    for (const child of next.folder.children.values()) parts.push({ folder: child, whole: true });
    if (next.folder.own.length > 0) parts.push({ folder: next.folder, whole: false });
  }
  return parts
    .map(({ folder, whole }) => {
      const members = whole ? allFiles(folder) : folder.own;
      return { path: folder.path, files: members, codeLines: members.reduce((sum, file) => sum + file.codeLines, 0) };
    })
    .filter(({ files: members }) => members.length > 0)
    .sort((a, b) => b.codeLines - a.codeLines || (a.path < b.path ? -1 : 1));
}

function folderTree(files: readonly PartitionFile[]): Folder {
  const root: Folder = { path: '.', own: [], children: new Map(), codeLines: 0 };
  for (const file of files) {
    let folder = root;
    folder.codeLines += file.codeLines;
    const segments = file.path.split('/').slice(0, -1);
    segments.forEach((segment, depth) => {
      let child = folder.children.get(segment);
      if (!child) {
        child = { path: segments.slice(0, depth + 1).join('/'), own: [], children: new Map(), codeLines: 0 };
        folder.children.set(segment, child);
      }
      child.codeLines += file.codeLines;
      folder = child;
    });
    folder.own.push(file);
  }
  return root;
}

function allFiles(folder: Folder): PartitionFile[] {
  return [...folder.own, ...[...folder.children.values()].flatMap(allFiles)];
}
