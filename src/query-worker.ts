/** A process that answers one SQL statement and ends: SQLite cannot be interrupted, a process can. */
import { text } from 'node:stream/consumers';
import { answerQuery } from '#workspace/answer-query.ts';
import type { QueryRequest } from '#workspace/run-query.ts';

const request = JSON.parse(await text(process.stdin)) as QueryRequest;
process.stdout.write(JSON.stringify(answerQuery(request)));
