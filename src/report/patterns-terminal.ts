import type { DesignPattern } from '#model/design-pattern.ts';
import { counted, ink, plain, type Terminal, wrap } from './terminal-canvas.ts';

/** Players of a role that are named. */
const NAMED = 5;

/** Every pattern with its roles: they are few by design. */
export function patternsForTerminal(list: readonly DesignPattern[], terminal: Terminal): string {
  if (list.length === 0) return 'No design pattern is sure from the structure of the classes here.\n';
  const lines = [ink(terminal, `${counted(list.length, 'design pattern')}, by structure`, 'bold')];
  for (const { pattern, place, roles, because } of list) {
    lines.push(
      '',
      `${ink(terminal, pattern.replaceAll('-', ' '), 'bold')}  ${ink(terminal, `${plain(place.path)}:${place.startLine}`, 'cyan')}`,
      ...wrap(terminal, `  ${plain(because)}`, '  '),
    );
    for (const [role, players] of Map.groupBy(roles, (each) => each.role)) {
      const names = players.slice(0, NAMED).map(({ name }) => plain(name));
      const rest = players.length > NAMED ? ` and ${players.length - NAMED} more` : '';
      lines.push(...wrap(terminal, `  ${ink(terminal, role, 'dim')}: ${names.join(', ')}${rest}`, '    '));
    }
  }
  return `${lines.join('\n')}\n`;
}
