/**
 * JavaScript functions that make doubles of the network and of processes. A generated test holds those that it uses; the harness
 * runs the same text, so that what was seen there is what the test sees.
 */
export interface EcmascriptDouble {
  /** `owner.name`, as a test writes it. */
  readonly target: string;
  /** The module of Node that the owner is; undefined: a global. */
  readonly module?: string;
  /** The function of `source` that makes it. */
  readonly maker: string;
  readonly takes: 'answer' | 'program' | 'nothing';
  readonly imports: readonly ('EventEmitter' | 'Readable')[];
  readonly source: string;
}

const childProcess = { module: 'node:child_process', takes: 'program' } as const;

const MISSING = "Object.assign(new Error(`spawn ${file} ENOENT`), { code: 'ENOENT' })";

const spawnProgram = `function spawnProgram(code, output, errors) {
  return (file) => {
    const [stdout, stderr] = [new EventEmitter(), new EventEmitter()];
    const stdin = { write() {}, end() {} };
    const child = Object.assign(new EventEmitter(), { pid: 1, stdin, stdout, stderr, kill: () => true });
    for (const stream of [stdout, stderr]) stream.setEncoding = () => stream;
    queueMicrotask(() => {
      if (code < 0) {
        child.emit('error', ${MISSING});
        return;
      }
      if (output) stdout.emit('data', Buffer.from(output));
      if (errors) stderr.emit('data', Buffer.from(errors));
      for (const stream of [stdout, stderr]) stream.emit('end');
      child.emit('exit', code, null);
      child.emit('close', code, null);
    });
    return child;
  };
}`;

const runProgram = `function runProgram(code, output, errors) {
  return (file, ...rest) => {
    const done = rest.at(-1);
    const failed = Object.assign(new Error(\`Command failed: \${file}\`), { code });
    const error = code < 0 ? ${MISSING} : code === 0 ? null : failed;
    if (typeof done === 'function') queueMicrotask(() => done(error, code < 0 ? '' : output, errors));
    return Object.assign(new EventEmitter(), { pid: 1, kill: () => true });
  };
}`;

const runProgramSync = `function runProgramSync(code, output, errors) {
  return (file, ...rest) => {
    const { encoding } = rest.findLast((one) => typeof one === 'object' && !Array.isArray(one)) ?? {};
    const told = (text) => (encoding && encoding !== 'buffer' ? text : Buffer.from(text));
    if (code < 0) throw ${MISSING};
    if (code === 0) return told(output);
    throw Object.assign(new Error(\`Command failed: \${file}\`), { status: code, stdout: told(output), stderr: told(errors) });
  };
}`;

const spawnProgramSync = `function spawnProgramSync(code, output, errors) {
  return (file, ...rest) => {
    const { encoding } = rest.findLast((one) => typeof one === 'object' && !Array.isArray(one)) ?? {};
    const told = (text) => (encoding && encoding !== 'buffer' ? text : Buffer.from(text));
    const [stdout, stderr] = [told(code < 0 ? '' : output), told(errors)];
    const missing = code < 0 ? { error: ${MISSING} } : {};
    return { pid: 1, status: code < 0 ? null : code, signal: null, output: [null, stdout, stderr], stdout, stderr, ...missing };
  };
}`;

const answerHttp = (get: boolean): string => `function ${get ? 'answerGet' : 'answerRequest'}(status, type, body) {
  return (...given) => {
    const answered = given.findLast((one) => typeof one === 'function');
    const request = new EventEmitter();
    const answer = () => {
      if (status === 0) {
        request.emit('error', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
        return;
      }
      const response = Object.assign(Readable.from([Buffer.from(body)]), {
        statusCode: status,
        headers: { 'content-type': type },
      });
      if (answered) answered(response);
      request.emit('response', response);
    };
    for (const name of ['write', 'setTimeout', 'setHeader', 'destroy']) request[name] = () => request;
    request.end = () => ${get ? 'request' : '(queueMicrotask(answer), request)'};${get ? '\n    queueMicrotask(answer);' : ''}
    return request;
  };
}`;

export const ecmascriptDoubles: readonly EcmascriptDouble[] = [
  {
    target: 'globalThis.fetch',
    maker: 'answerFetch',
    takes: 'answer',
    imports: [],
    source: `function answerFetch(status, type, body) {
  return async () => {
    if (status === 0) throw new TypeError('fetch failed');
    return new Response(body, { status, headers: { 'content-type': type } });
  };
}`,
  },
  ...(['http', 'https'] as const).flatMap((owner) =>
    (['get', 'request'] as const).map((name): EcmascriptDouble => ({
      target: `${owner}.${name}`,
      module: `node:${owner}`,
      maker: name === 'get' ? 'answerGet' : 'answerRequest',
      takes: 'answer',
      imports: ['EventEmitter', 'Readable'],
      source: answerHttp(name === 'get'),
    })),
  ),
  {
    ...childProcess,
    target: 'childProcess.spawn',
    maker: 'spawnProgram',
    imports: ['EventEmitter'],
    source: spawnProgram,
  },
  { ...childProcess, target: 'childProcess.exec', maker: 'runProgram', imports: ['EventEmitter'], source: runProgram },
  {
    ...childProcess,
    target: 'childProcess.execFile',
    maker: 'runProgram',
    imports: ['EventEmitter'],
    source: runProgram,
  },
  { ...childProcess, target: 'childProcess.execSync', maker: 'runProgramSync', imports: [], source: runProgramSync },
  {
    ...childProcess,
    target: 'childProcess.execFileSync',
    maker: 'runProgramSync',
    imports: [],
    source: runProgramSync,
  },
  {
    ...childProcess,
    target: 'childProcess.spawnSync',
    maker: 'spawnProgramSync',
    imports: [],
    source: spawnProgramSync,
  },
  ...['log', 'info', 'warn', 'error', 'debug'].map((name): EcmascriptDouble => ({
    target: `console.${name}`,
    maker: '',
    takes: 'nothing',
    imports: [],
    source: '',
  })),
];
