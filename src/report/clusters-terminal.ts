import { formatCount } from '#base/format-count.ts';
import type { ClusterReport, CodeCluster } from '#model/clusters.ts';
import { fit, ink, plain, type Terminal } from './terminal-canvas.ts';

export function clustersForTerminal(report: ClusterReport, terminal: Terminal): string {
  const notes = report.notes.map((note) => `${ink(terminal, note, 'dim')}\n`).join('');
  if (report.clusters.length === 0)
    return `${report.looked > 0 ? `Nothing is dense enough to be a cluster among ${formatCount(report.looked)} functions and types.\n` : ''}${notes}`;
  const grouped = report.looked - report.loose;
  const head = `${formatCount(grouped)} of ${formatCount(report.looked)} functions and types are alike in groups; the others stand alone.`;
  return `${head}\n\n${report.clusters.map((cluster) => clusterLines(cluster, terminal)).join('\n')}\n${notes}`;
}

function clusterLines(cluster: CodeCluster, terminal: Terminal): string {
  const { number, words, size, files, folder, folderShare, members } = cluster;
  const where = folder === '' ? 'all over' : `${folderShare < 1 ? 'mostly ' : ''}${plain(folder)}`;
  const head = `${String(number).padStart(3)}  ${ink(terminal, plain(words.join(' ')), 'bold')}  ${ink(terminal, `${formatCount(size)} in ${formatCount(files)} ${files === 1 ? 'file' : 'files'}, ${where}`, 'dim')}`;
  const typical = members.map(({ name, path, line }) => {
    const place = `${plain(path)}:${line}`;
    return `     ${fit(plain(name), Math.max(10, terminal.width - place.length - 8))}  ${ink(terminal, place, 'cyan')}`;
  });
  return [head, ...typical, ''].join('\n');
}
