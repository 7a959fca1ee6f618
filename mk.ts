import { ecmascriptInstrumenter } from '#instrument/instrument-ecmascript.ts';
import fs from 'node:fs';
const inst = await ecmascriptInstrumenter();
const r = inst(fs.readFileSync('/tmp/p2/js/orig.js','utf8'), 'javascript', {id:'lib.js', mutants: true})!;
fs.writeFileSync('/tmp/p2/js/lib.js', r.text);
const fw = process.argv[2]; 
fs.writeFileSync('/tmp/p2/js/plan.json', JSON.stringify({framework: fw, root:'/tmp/p2/js', mode:'mutate', repeats: 1, output:'/tmp/p2/js/out.jsonl', testFiles:[process.argv[3]], mutants: r.file.mutants.map(m=>({id:m.id,file:'lib.js',counter:m.counter,static:m.static}))}));
