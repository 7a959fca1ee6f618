import type { PythonTool } from '../tool.ts';

export const homeAssistant: PythonTool = {
  id: 'home-assistant',
  packages: ['homeassistant'],
  conventions: [{ globs: ['custom_components/**/*.py'], use: 'tool' }],
};
