/** `npm run docs`: writes the pages that are made from the code. */
import path from 'node:path';
import { writeDocuments } from './checks/documents.ts';

await writeDocuments(path.resolve(import.meta.dirname, '..'));
