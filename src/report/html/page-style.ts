/** The report's style sheet: light and dark, readable when printed, no outside font. */
export const pageStyle = `
:root{--ink:#1c2430;--soft:#5b6675;--paper:#fbfaf7;--card:#fff;--line:#e3e0d8;--accent:#b4552d;--cool:#2f6f8f;--good:#3d7d4c;--hot:#c43d2b;--box:#eef3f6}
@media(prefers-color-scheme:dark){:root{--ink:#e6e3dc;--soft:#9aa4b1;--paper:#14181d;--card:#1c2229;--line:#2e363f;--accent:#e08a5f;--cool:#6db3d1;--good:#7cbf8b;--hot:#ef6a55;--box:#232c35}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
main{max-width:1280px;margin:0 auto;padding:28px 24px 64px}
header h1{font-size:30px;line-height:1.2;margin:0}
header p{margin:4px 0 0;color:var(--soft)}
section{margin-top:34px}
h2{font-size:19px;margin:0 0 4px}
h2+p{margin:0 0 12px;color:var(--soft)}
nav{display:flex;flex-wrap:wrap;gap:4px 16px;margin-top:14px;font-size:14px}
a{color:var(--cool);text-decoration:none}a:hover{text-decoration:underline}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:12px;margin-top:20px}
.figure{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 14px}
.figure b{display:block;font-size:23px;line-height:1.2;font-variant-numeric:tabular-nums}
.figure span{color:var(--soft);font-size:13px}
.strip{display:flex;height:14px;border-radius:7px;overflow:hidden;margin:18px 0 8px}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:13px;color:var(--soft)}
.legend i{display:inline-block;width:10px;height:10px;border-radius:3px;margin-right:6px}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px;overflow-x:auto}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,520px),1fr));gap:20px}
table{border-collapse:collapse;width:100%;font-size:14px}
th{font-weight:600;color:var(--soft);text-align:left;font-size:12px;white-space:nowrap}
th,td{padding:5px 10px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}
tr:last-child td{border-bottom:0}
td.number,th.number{text-align:right;padding-right:22px;font-variant-numeric:tabular-nums;white-space:nowrap}
td.path{overflow-wrap:anywhere;min-width:13em}
code{font:13px/1.4 ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
.soft,.note,.empty{color:var(--soft)}.note{font-size:13px;margin:8px 0 0}
.meter{display:inline-block;width:70px;height:8px;border-radius:4px;background:var(--box);overflow:hidden;vertical-align:middle}
.meter i{display:block;height:100%;background:var(--hot)}.meter.score i{background:var(--good)}
ol{margin:4px 0;padding-left:22px}summary{cursor:pointer}
svg{display:block;width:100%;height:auto}
.switch{display:flex;gap:6px;margin:0 0 10px;flex-wrap:wrap}
.switch button{font:inherit;font-size:13px;color:var(--ink);background:var(--box);border:1px solid var(--line);border-radius:16px;padding:3px 12px;cursor:pointer}
.switch button[aria-pressed=true]{background:var(--cool);border-color:var(--cool);color:#fff}
.treemap text{font-size:10.5px;fill:#1c2430;pointer-events:none}
.treemap text.folder{font-weight:600;fill:var(--ink)}
.treemap rect.folder{fill:none;stroke:var(--line)}.treemap rect.depth-1{fill:var(--box)}
.treemap .file rect{fill:#cfd8dd;stroke:var(--card);stroke-width:.5}.treemap .file:hover rect{stroke:var(--ink);stroke-width:2}
.treemap .file.found rect{stroke:var(--ink);stroke-width:2.5}
.dependencies{margin:0 auto}
.dependencies .module rect{fill:var(--box);stroke:var(--cool);stroke-width:1.2}.dependencies .module{cursor:pointer;outline:none}
.dependencies text{font-size:13px;fill:var(--ink)}
.dependencies .arc{fill:none;stroke:var(--soft);opacity:.55}.dependencies .arc.cycle{stroke:var(--hot)}
.dependencies .head{fill:var(--soft)}.dependencies .head-cycle{fill:var(--hot)}
.dependencies.focused .arc,.dependencies.focused .module{opacity:.12}
.dependencies.focused .arc.lit,.dependencies.focused .module.lit{opacity:1}
.timeline .commits{fill:var(--cool);opacity:.55}.timeline .fixes{fill:var(--accent)}.timeline text{font-size:12px;fill:var(--soft)}
.severity{white-space:nowrap}
.trend polyline{fill:none;stroke:var(--accent);stroke-width:2}.trend circle{fill:var(--accent)}.trend text{font-size:12px;fill:var(--soft)}
.clusters .loose{fill:var(--line)}.clusters .small{fill:var(--soft);opacity:.55}.clusters text{font-size:15px;font-weight:600;fill:var(--ink);paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}
td.dot{width:18px}td.dot i{display:inline-block;width:10px;height:10px;border-radius:5px;background:var(--soft)}
.card+.card{margin-top:12px}
input[type=search]{font:inherit;font-size:14px;padding:4px 10px;border:1px solid var(--line);border-radius:8px;background:var(--card);color:var(--ink);min-width:240px}
@media print{.switch,input,nav{display:none}body{background:#fff}}
`;
