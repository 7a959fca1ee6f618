/**
 * Adds to package-lock.json the packages of other systems that npm leaves out when it writes the file where the registry does
 * not carry them: with one missing, `npm ci` refuses the whole file on every system. Run after each `npm install`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { missingOptionalPackages } from './checks/lock-file.ts';
import type { LockFile } from './checks/lock-file.ts';

const file = path.resolve(import.meta.dirname, '../package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8')) as LockFile;
const missing = missingOptionalPackages(lock);
const packages = Object.entries({ ...lock.packages, ...missing }).toSorted(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
console.log(`${Object.keys(missing).length} packages of other systems added`);
