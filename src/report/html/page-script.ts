/** The report's script: colours of the treemap, search in it, and the focus of the dependency graph. It reads attributes only. */
export const pageScript = `
(() => {
  'use strict';
  const ramp = (t) => {
    const stops = [[222, 230, 234], [247, 224, 170], [236, 148, 92], [196, 61, 43]];
    const at = Math.max(0, Math.min(0.9999, t)) * 3, i = Math.floor(at), f = at - i;
    return 'rgb(' + stops[i].map((c, k) => Math.round(c + (stops[i + 1][k] - c) * f)).join(',') + ')';
  };
  const rects = [...document.querySelectorAll('.treemap .file rect')];
  const paint = (measure) => {
    for (const rect of rects) rect.style.fill = ramp(Number(rect.dataset[measure]));
    for (const button of document.querySelectorAll('.switch button')) button.setAttribute('aria-pressed', String(button.dataset.measure === measure));
  };
  for (const button of document.querySelectorAll('.switch button')) button.addEventListener('click', () => paint(button.dataset.measure));
  paint(document.querySelector('.switch button')?.dataset.measure ?? 'complexity');
  const search = document.querySelector('#find-file');
  search?.addEventListener('input', () => {
    const words = search.value.toLowerCase().trim();
    for (const rect of rects) rect.parentNode.classList.toggle('found', words !== '' && rect.textContent.toLowerCase().split('\\n')[0].includes(words));
  });
  const graph = document.querySelector('.dependencies');
  const focus = (name) => {
    graph.classList.toggle('focused', name !== undefined);
    const near = new Set([name]);
    for (const arc of graph.querySelectorAll('.arc')) {
      const touches = arc.dataset.from === name || arc.dataset.to === name;
      arc.classList.toggle('lit', touches);
      if (touches) near.add(arc.dataset.from).add(arc.dataset.to);
    }
    for (const module of graph.querySelectorAll('.module')) module.classList.toggle('lit', near.has(module.dataset.module));
  };
  for (const module of graph?.querySelectorAll('.module') ?? []) {
    for (const start of ['mouseenter', 'focus']) module.addEventListener(start, () => focus(module.dataset.module));
    for (const end of ['mouseleave', 'blur']) module.addEventListener(end, () => focus(undefined));
  }
})();
`;
