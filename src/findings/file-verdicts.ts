/**
 * What rules say that look from one file into the graph, file by file, and what others gather of each file: asked again only of
 * files that changed, and of those that looked at something that did.
 */
import { KeptUnits } from '#base/kept-units.ts';
import { throwIfAborted } from '#base/abort.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import type { Gathered, Note, Project, Rule } from '#rules/rule.ts';
import type { SourcedProblem } from './finding-source.ts';
import type { RuleFailure } from './kept-report.ts';
import { changeBetween, marksOf, trackedSnapshot, type TreeMarks } from './tracked-snapshot.ts';

export interface FileVerdict {
  readonly problems: readonly SourcedProblem[];
  readonly failures: readonly RuleFailure[];
  /** By rule. */
  readonly gathered: ReadonlyMap<string, readonly Gathered[]>;
}

export interface VerdictRequest {
  readonly project: Omit<Project, 'snapshot' | 'files'>;
  readonly snapshot: Snapshot;
  /** Those of `eachFile`, and those that gather. */
  readonly rules: readonly Rule[];
  readonly files: readonly FileRecord[];
  notes(rule: string, path: string): readonly Note[];
  readonly signal: AbortSignal;
}

export class FileVerdicts {
  readonly #units = new KeptUnits<FileVerdict>();
  #marks: TreeMarks = new Map();

  /** For the same rules and settings each time. */
  ask(request: VerdictRequest): ReadonlyMap<string, FileVerdict> {
    const { snapshot, files, signal } = request;
    const marks = marksOf(snapshot);
    if (this.#marks.size > 0) {
      const { relinked, keys } = changeBetween(this.#marks, marks, snapshot);
      for (const path of relinked) this.#units.forget(path);
      this.#units.invalidate(keys);
    }
    this.#marks = marks;
    let own = files[0];
    const tracked = trackedSnapshot(snapshot, this.#units, () => own!);
    const found = new Map<string, FileVerdict>();
    for (const [at, file] of files.entries()) {
      if (at % 64 === 0) throwIfAborted(signal);
      own = file;
      found.set(
        file.path,
        this.#units.run(file.path, () =>
          judge(request, { ...request.project, snapshot: tracked, files: [file] }, file),
        ),
      );
    }
    return found;
  }
}

function judge({ rules, notes }: VerdictRequest, project: Project, file: FileRecord): FileVerdict {
  const problems: SourcedProblem[] = [];
  const failures: RuleFailure[] = [];
  const gathered = new Map<string, readonly Gathered[]>();
  for (const { id, eachFile, conclude, project: look, gather } of rules) {
    // A rule that throws says nothing of the file; the others go on.
    try {
      if (gather) gathered.set(id, [...gather(project)]);
      if (eachFile !== true) continue;
      const own = notes(id, file.path);
      if (conclude && own.length > 0)
        for (const problem of conclude([{ path: file.path, notes: own }], project))
          problems.push({ rule: id, problem });
      if (look) for (const problem of look(project)) problems.push({ rule: id, problem });
    } catch (error) {
      failures.push({ rule: id, path: file.path, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { problems, failures, gathered };
}
