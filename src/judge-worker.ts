/** A worker that judges: texts come in batches, what the rules say of them goes back. */
import { parentPort, workerData } from 'node:worker_threads';
import type { JudgeReply, JudgeRequest, JudgeWorkerSettings } from '#findings/judge-protocol.ts';
import { rolesOf } from '#findings/rule-settings.ts';
import { loadCustomRules } from '#judge/custom/load-rules.ts';
import { judgeFile, prepareToJudge } from '#judge/judge-file.ts';
import { builtInRules } from '#rules/registry.ts';
import type { JudgedRole, Rule } from '#rules/rule.ts';

const port = parentPort!;
const { rules: wanted, custom, current } = workerData as JudgeWorkerSettings;
const cell = new Int32Array(current);
const ids = new Set(wanted);
const byRole = new Map<JudgedRole, readonly Rule[]>();
const rules = loadCustomRules(custom).then((own) => [...builtInRules, ...own].filter(({ id }) => ids.has(id)));

port.on('message', (request: JudgeRequest) => {
  void judge(request);
});

async function judge({ files }: JudgeRequest): Promise<void> {
  const all = await rules;
  const judged: JudgeReply['judged'][number][] = [];
  for (const { index, ...file } of files) {
    Atomics.store(cell, 0, index);
    let own = byRole.get(file.role);
    if (!own) byRole.set(file.role, (own = all.filter((rule) => rolesOf(rule).includes(file.role))));
    await prepareToJudge(file.language);
    judged.push({ index, judgement: judgeFile(file, own) });
  }
  Atomics.store(cell, 0, -1);
  port.postMessage({ judged } satisfies JudgeReply);
}
