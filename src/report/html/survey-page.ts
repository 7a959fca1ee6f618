import { formatCount } from '#base/format-count.ts';
import type { ClusterReport } from '#model/clusters.ts';
import type { Survey } from '#model/survey.ts';
import { clusterList, clusterMapSvg } from './cluster-map.ts';
import { dependencyGraphSvg } from './dependency-graph.ts';
import { escapeHtml } from './escape.ts';
import { judgementSections, type JudgementView } from './judgement-sections.ts';
import { num, path, ratio, type Section, tableOf, text, words } from './page-parts.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import { timelineSvg } from './timeline.ts';
import { treemapSvg } from './treemap.ts';

const palette = ['#2f6f8f', '#b4552d', '#3d7d4c', '#8a6bb1', '#c49a2c', '#7a8791', '#a34a6b', '#4a9a94'];

/** The survey as one self-contained page: no request leaves it, and the policy in its head forbids any. */
export function surveyPage(survey: Survey, clusters?: ClusterReport, judgement?: JudgementView): string {
  const sections = [
    architecture(survey),
    treemap(survey),
    communities(survey),
    clusters && meanings(clusters),
    reading(survey),
    symbols(survey),
    hotspots(survey),
    cycles(survey),
    history(survey),
    ...(judgement ? judgementSections(judgement) : []),
    trust(survey),
  ].filter((section) => section !== undefined);
  const nav = sections.map(({ id, title }) => `<a href="#${id}">${title}</a>`).join('');
  const body = sections
    .map(({ id, title, about, content }) => `<section id="${id}"><h2>${title}</h2><p>${about}</p>${content}</section>`)
    .join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<meta name="generator" content="Trowel"><title>${escapeHtml(survey.name)} · survey</title><style>${pageStyle}</style></head>
<body><main>${header(survey, nav)}${body}</main><script>${pageScript}</script></body></html>
`;
}

/** Rows of the list of groups. */
const LISTED_CLUSTERS = 24;

function meanings(report: ClusterReport): Section | undefined {
  if (report.clusters.length === 0) return undefined;
  return {
    id: 'meanings',
    title: 'Code by meaning',
    about: `A dot is a function or a type, and near ones mean alike, wherever they lie. ${formatCount(report.clusters.length)} groups are dense enough to be called one.`,
    content: `<div class="card">${clusterMapSvg(report)}</div><div class="card">${clusterList(report, LISTED_CLUSTERS)}</div>`,
  };
}

function header(survey: Survey, nav: string): string {
  const { size, revision } = survey;
  const at = [revision.branch, revision.commit?.slice(0, 10)]
    .filter((part) => part !== undefined)
    .map(escapeHtml)
    .join(' @ ');
  const figures: [string, string][] = [
    [formatCount(size.codeLines), 'lines of code'],
    [formatCount(size.files), 'files'],
    [formatCount(size.functions), 'functions and methods'],
    [formatCount(size.types), 'types'],
    [
      size.codeLines === 0 ? '–' : `${Math.round((100 * size.testCodeLines) / size.codeLines)} %`,
      'of the code are tests',
    ],
  ];
  if (survey.people)
    figures.push([formatCount(survey.people.commits), `commits by ${formatCount(survey.people.authors)} authors`]);
  const strip = survey.languages
    .map(
      ({ share, name }, index) =>
        `<i style="flex:${share.toFixed(4)};background:${palette[index % palette.length]}" title="${text(name)}"></i>`,
    )
    .join('');
  const legend = survey.languages
    .slice(0, 10)
    .map(
      ({ name, share, codeLines }, index) =>
        `<span><i style="background:${palette[index % palette.length]}"></i>${text(name)} ${(share * 100).toFixed(share < 0.1 ? 1 : 0)} % <span class="soft">${formatCount(codeLines)}</span></span>`,
    )
    .join('');
  const when = new Date(revision.asOf).toISOString().slice(0, 16).replace('T', ' ');
  return `<header><h1>${text(survey.name)}</h1><p>${at === '' ? '' : `${at} · `}surveyed ${when} UTC by Trowel${revision.partial ? ' · still digging: partial' : ''}</p><nav>${nav}</nav>
<div class="figures">${figures.map(([value, label]) => `<div class="figure"><b>${value}</b><span>${label}</span></div>`).join('')}</div>
<div class="strip">${strip}</div><div class="legend">${legend}</div></header>`;
}

function architecture({ modules, dependencies }: Survey): Section | undefined {
  if (modules.length < 2) return undefined;
  const rows = modules
    .slice(0, 24)
    .map((module) => [
      path(module.path),
      num(module.codeLines),
      num(module.files),
      num(module.layer),
      num(module.usedBy),
      num(module.uses),
      ratio(module.instability),
      ratio(module.abstractness),
      ratio(module.distance),
      words(module.about),
    ]);
  return {
    id: 'architecture',
    title: 'Architecture',
    about:
      'The main modules and how they lean on each other. An arrow points at what is used; red arrows go against the grain of the layers. Point at a module to see its neighbours.',
    content: `<div class="card">${dependencyGraphSvg(modules, dependencies)}</div><br>${tableOf(['module', 'code lines', 'files', 'layer', 'used by', 'uses', 'instability', 'abstractness', 'distance', 'about'], rows)}`,
  };
}

function treemap({ files, people }: Survey): Section {
  const measures: [string, string][] = people
    ? [
        ['heat', 'change × complexity'],
        ['complexity', 'complexity'],
        ['change', 'change'],
      ]
    : [['complexity', 'complexity']];
  const buttons = measures
    .map(([measure, label]) => `<button type="button" data-measure="${measure}" aria-pressed="false">${label}</button>`)
    .join('');
  return {
    id: 'map',
    title: 'Map of the code',
    about:
      'Every file as a rectangle: its area is its code lines, its colour how much of the chosen measure it holds. Point at one to read it.',
    content: `<div class="card"><div class="switch">${buttons}<input id="find-file" type="search" placeholder="find a file" aria-label="Find a file"></div>${treemapSvg(files)}</div>`,
  };
}

function communities({ communities: known }: Survey): Section | undefined {
  if (known.length < 2) return undefined;
  const rows = known.map(({ centre, files, codeLines, folders }) => [
    path(centre),
    num(files),
    num(codeLines),
    words(
      `${folders
        .slice(0, 5)
        .map((folder) => `${folder.path} (${folder.files})`)
        .join(', ')}${folders.length > 5 ? ` and ${folders.length - 5} more` : ''}`,
    ),
  ]);
  return {
    id: 'communities',
    title: 'What belongs together',
    about:
      'Files that use each other more than the rest (Louvain’s communities of the graph of uses), whatever folders they lie in. Many folders in one row: the folders do not show the structure.',
    content: tableOf(['around', 'files', 'code lines', 'in folders'], rows),
  };
}

function reading({ readFirst, entryPoints }: Survey): Section | undefined {
  if (readFirst.length + entryPoints.length === 0) return undefined;
  const first = tableOf(
    ['read first', 'why', 'about'],
    readFirst.map((item) => [path(item.path), words(item.reason), words(item.title)]),
  );
  const entries =
    entryPoints.length === 0
      ? ''
      : tableOf(
          ['entry point', 'name', 'why'],
          entryPoints
            .slice(0, 15)
            .map((entry) => [path(entry.path, entry.line), words(entry.name), words(entry.reason)]),
        );
  return {
    id: 'reading',
    title: 'Where to start',
    about: 'What to read first, and where programs begin.',
    content: `<div class="columns">${first}${entries}</div>`,
  };
}

function symbols({ central, complex }: Survey): Section | undefined {
  if (central.length + complex.length === 0) return undefined;
  const left = tableOf(
    ['what the rest stands on', 'kind', 'users', 'place'],
    central.map((symbol) => [
      words(symbol.name),
      words(symbol.kind),
      num(symbol.users),
      path(symbol.path, symbol.line),
    ]),
  );
  const right =
    complex.length === 0
      ? ''
      : tableOf(
          ['hard to follow', 'cognitive', 'cyclomatic', 'lines', 'place'],
          complex.map((symbol) => [
            words(symbol.name),
            num(symbol.cognitive),
            num(symbol.cyclomatic),
            num(symbol.codeLines),
            path(symbol.path, symbol.line),
          ]),
        );
  return {
    id: 'symbols',
    title: 'Symbols that matter',
    about: 'By PageRank over who depends on whom, and by cognitive complexity.',
    content: `<div class="columns">${left}${right}</div>`,
  };
}

function hotspots(survey: Survey): Section | undefined {
  if (survey.hotspots.length === 0) return undefined;
  const rows = survey.hotspots.map((spot) => [
    { html: `<span class="meter"><i style="width:${Math.round(spot.score * 100)}%"></i></span>` },
    path(spot.path),
    num(spot.commits),
    num(spot.complexity),
    num(spot.codeLines),
    words(spot.mainAuthor),
  ]);
  return {
    id: 'hotspots',
    title: 'Hotspots',
    about: 'Files that are often changed and hard to follow: where work and risk meet.',
    content: tableOf(['', 'file', 'commits', 'complexity', 'code lines', 'knows it best'], rows),
  };
}

function cycles(survey: Survey): Section | undefined {
  if (survey.cycles.length === 0) return undefined;
  const rows = survey.cycles.slice(0, 12).map(({ files, example, typeOnly }) => [
    num(files.length),
    words(typeOnly ? 'types only' : 'at run time'),
    {
      html: [...example, ...example.slice(0, 1)].map((file) => `<code>${text(file)}</code>`).join(' → '),
      kind: 'path' as const,
    },
  ]);
  return {
    id: 'cycles',
    title: 'Import cycles',
    about: 'Files that import each other, with a short way round.',
    content: tableOf(['files', 'kind', 'for example'], rows),
  };
}

function history({ people, activity, coupling }: Survey): Section | undefined {
  if (!people) return undefined;
  const names = people.keyAuthors
    .slice(0, 6)
    .map(({ name, files }) => `${text(name)} (${formatCount(files)} files)`)
    .join(', ');
  const limits = [
    people.shallow ? 'The clone is shallow: only the latest commits are known.' : '',
    people.truncated ? 'Older commits were left out.' : '',
  ]
    .filter((limit) => limit !== '')
    .join(' ');
  const islands =
    people.islands.length === 0
      ? ''
      : tableOf(
          ['known to one author', 'author', 'files', 'share'],
          people.islands
            .slice(0, 12)
            .map((island) => [
              path(island.folder),
              words(island.author),
              num(island.files),
              { html: `${Math.round(island.share * 100)} %`, kind: 'number' as const },
            ]),
        );
  const pairs =
    coupling.length === 0
      ? ''
      : tableOf(
          ['change together', '', 'commits', 'confidence', ''],
          coupling
            .slice(0, 15)
            .map((pair) => [
              path(pair.first),
              path(pair.second),
              num(pair.support),
              ratio(pair.confidence),
              words(pair.hidden ? 'nothing in the code joins them' : ''),
            ]),
        );
  return {
    id: 'history',
    title: 'People and change',
    about: `Truck factor ${people.truckFactor}${names === '' ? '' : `: without ${names}, nobody knows more than half of the files`}. ${people.activeAuthors} of ${formatCount(people.authors)} authors were active in the last half year of the history. ${limits}`,
    content: `<div class="card">${timelineSvg(activity)}</div><br><div class="columns">${islands}${pairs}</div>`,
  };
}

function trust({ trust: known }: Survey): Section {
  const rows: [string, number, string][] = [
    ['exact', known.exactCalls, 'known by scope, import or declared type'],
    ['inferred', known.inferredCalls, 'found by data flow'],
    ['external', known.externalCalls, 'lead outside the repository'],
    ['candidate', known.candidateCalls, 'only the name matches: never counted as a call'],
    ['unresolved', known.unresolvedCalls, 'nothing is known'],
  ];
  const skipped = known.skipped.map(({ reason, files }) => `${formatCount(files)} ${reason}`).join(', ');
  const partial =
    known.partialFiles.length === 0
      ? ''
      : `<p class="note">${known.partialFiles.length} files could be parsed only in part: ${known.partialFiles
          .slice(0, 8)
          .map((file) => `<code>${text(file)}</code>`)
          .join(', ')}${known.partialFiles.length > 8 ? ' …' : ''}</p>`;
  return {
    id: 'trust',
    title: 'How sure this is',
    about: 'Every call in the code, by how its target is known.',
    content: `${tableOf(
      ['calls', 'number', ''],
      rows.map(([kind, value, meaning]) => [words(kind), num(value), words(meaning)]),
    )}${partial}${skipped === '' ? '' : `<p class="note">Left out: ${skipped}.</p>`}`,
  };
}
