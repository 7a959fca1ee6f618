/** `npm run new <operation|language> <name>`: lays a file, its fixture where it has one, its test, and the registry's line. */
import path from 'node:path';
import { layNew } from './checks/lay-new.ts';

const [kind, name] = process.argv.slice(2);
const outcome = layNew(path.resolve(import.meta.dirname, '..'), kind, name);
if (outcome.error === undefined) console.log(outcome.files.join('\n'));
else {
  console.error(outcome.error);
  process.exit(2);
}
