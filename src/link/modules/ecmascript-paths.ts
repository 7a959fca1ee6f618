/** Folder of a path, "" for the root. */
export function folderOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at < 0 ? '' : path.slice(0, at);
}

/** Joins and normalises; a path that leaves the tree keeps its leading `..`. */
export function joinPath(folder: string, relative: string): string {
  const parts: string[] = relative.startsWith('/') || folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** JSON with comments and trailing commas; undefined when it is none. */
export function parseLooseJson(content: string): unknown {
  let clean = '';
  for (let at = content.charCodeAt(0) === 0xfeff ? 1 : 0; at < content.length; at++) {
    const unit = content[at]!;
    if (unit === '"') {
      const start = at++;
      while (at < content.length && content[at] !== '"') at += content[at] === '\\' ? 2 : 1;
      clean += content.slice(start, at + 1);
    } else if (unit === '/' && content[at + 1] === '/') {
      while (at < content.length && content[at] !== '\n') at++;
      clean += '\n';
    } else if (unit === '/' && content[at + 1] === '*') {
      const end = content.indexOf('*/', at + 2);
      at = end < 0 ? content.length : end + 1;
    } else if (
      unit === ',' &&
      /^[\s]*(?:\/\/[^\n]*\n\s*|\/\*[^]*?\*\/\s*)*[}\]]/.test(content.slice(at + 1, at + 400))
    ) {
      continue;
    } else {
      clean += unit;
    }
  }
  try {
    return JSON.parse(clean) as unknown;
  } catch {
    return undefined;
  }
}
