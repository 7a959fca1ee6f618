/** `npm run train:related`: writes models/trowel-code.related from models/trowel-code.model, in half a minute. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readShippedModel } from '../../src/embedders/model-folder.ts';
import { encodeRelatedWords } from '../../src/embedders/related-words.ts';
import { relateWords } from '../../src/train/relate-words.ts';

/** Rarer words have met too few others to be near any for a reason. */
const WORDS = 20_000;
const MOST = 16;
const NEAREST = 0.25;

const model = readShippedModel();
const words = new TextDecoder().decode(Uint8Array.from(model.words)).split('\n').slice(0, WORDS);
const near = relateWords(model, { count: words.length, most: MOST, nearest: NEAREST });
const file = encodeRelatedWords(model, words, MOST, near);
writeFileSync(path.resolve(import.meta.dirname, '../../models/trowel-code.related'), file);
console.error(`${file.length} bytes`);
