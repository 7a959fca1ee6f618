/** A whole run from nothing: walks a folder, reads its files of one kind, finds the copies; prints what it found as JSON. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findCopies } from '../src/duplication/find-copies.ts';

const [root, extension, language] = process.argv.slice(2) as [string, string, string];
const sources: { path: string; language: string; text: string }[] = [];
for (const entry of readdirSync(root, { withFileTypes: true, recursive: true })) {
  if (!entry.isFile() || !entry.name.endsWith(extension)) continue;
  const file = path.join(entry.parentPath, entry.name);
  sources.push({ path: path.relative(root, file), language, text: readFileSync(file, 'utf8') });
}
const { classes, lines, files, duplicatedLines } = findCopies(sources);
console.log(JSON.stringify({ files, lines, classes: classes.length, duplicatedLines }));
