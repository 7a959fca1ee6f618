/** Learns what ships as `src/debt/usual-risk.ts` from all histories of releases. Run by hand: `sh scripts/node.sh bench/debt/write-usual-risk.ts`. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fitRisk, riskExamples } from '../../src/debt/risk-model.ts';
import { repository } from '../measure/environment.ts';
import { isSource, readHistories } from './histories.ts';

const file = path.join(repository, 'src', 'debt', 'usual-risk.ts');
const judged = (await readHistories((message) => console.error(message))).filter(({ grain }) => grain === 'releases');
const model = fitRisk(judged.flatMap(({ history }) => riskExamples(history, history.headTime + 1, isSource)));
const list = (values: readonly number[]): string => `[${values.map((value) => Number(value.toFixed(4))).join(', ')}]`;
writeFileSync(
  file,
  `import type { LogisticModel } from './logistic.ts';

/**
 * What bug fixes of other histories follow, by a file's ranks in \`featuresAt\`'s columns: learned by \`bench/debt/write-usual-risk.ts\`
 * from the releases of ${judged.length} packages. \`bench/debt.ts\` judges each of them by a model that was learned without it.
 */
export const usualRisk: LogisticModel = {
  weights: ${list(model.weights)},
  intercept: ${Number(model.intercept.toFixed(4))},
  means: ${list(model.means)},
  deviations: ${list(model.deviations)},
};
`,
);
console.log(`${judged.map(({ name }) => name).join(', ')}: ${file}`);
