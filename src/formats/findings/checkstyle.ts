/** Checkstyle's XML, which most CI servers read. */
import { escapeXml, type FindingFormat } from './finding-format.ts';

export const checkstyle: FindingFormat = {
  write({ findings }) {
    const byFile = Map.groupBy(findings, ({ place }) => place.path);
    const files = [...byFile].map(([path, list]) => {
      const errors = list.map(({ place, severity, message, rule }) => {
        const level = severity >= 4 ? 'error' : severity === 3 ? 'warning' : 'info';
        return `    <error line="${place.startLine}" column="${place.startColumn + 1}" severity="${level}" message="${escapeXml(message)}" source="trowel.${escapeXml(rule)}"/>\n`;
      });
      return `  <file name="${escapeXml(path)}">\n${errors.join('')}  </file>\n`;
    });
    return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${files.join('')}</checkstyle>\n`;
  },
};
