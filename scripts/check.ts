/** `npm run check [names]`: every gate, or those named. Ends with how many passed and failed. */
import path from 'node:path';
import { gates } from './checks/gates.ts';

const root = path.resolve(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? gates : gates.filter(({ name }) => wanted.includes(name));
if (chosen.length === 0) {
  console.error(`no such gate; there are: ${gates.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
let failed = 0;
for (const gate of chosen) {
  const { passed, report } = await gate.run(root);
  if (!passed) failed++;
  console.log(passed ? `ok    ${gate.name}: ${report}` : `FAIL  ${gate.name}\n${report.replaceAll(/^/gm, '      ')}`);
}
console.log(`check: ${chosen.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
