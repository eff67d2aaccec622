/** The page's style sheet, as one constant: the policy of the page names its hash. */
export const style: string = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--soft:#59636e;--line:#d5dae0;--card:#f6f8fa;--link:#0a58ca;
--old:#1f5fbf;--new:#c2401c;--safe:#1a7f37;--review:#9a6700;--manual:#c62828;--migrated:#0969a2;--ignored:#656d76;
--del:#ffebe9;--del2:#ffc1bb;--ins:#e3f9e8;--ins2:#9fe5b1;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media screen and (prefers-color-scheme:dark){:root{--bg:#0f1419;--fg:#e4e8ed;--soft:#9aa5b1;--line:#2f3742;--card:#171d24;--link:#79b8ff;
--old:#6ea8ff;--new:#ff9466;--safe:#4cc26a;--review:#e3b341;--manual:#ff7b72;--migrated:#6cb6ff;--ignored:#9aa5b1;--del:#3a1d1f;--del2:#7d2b2d;--ins:#14301e;--ins2:#1f6b38}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
header,main{max-width:1500px;margin:0 auto;padding:0 24px}
header{padding-top:24px;display:flex;align-items:baseline;gap:4px 16px;flex-wrap:wrap}
nav{display:flex;flex-wrap:wrap;gap:2px;width:100%;margin-top:14px;border-bottom:1px solid var(--line)}
nav a{padding:8px 14px;text-decoration:none;color:var(--fg);border-radius:8px 8px 0 0;border-bottom:3px solid transparent}
nav a:hover{background:var(--card)}nav a[aria-current]{border-bottom-color:var(--link);color:var(--link);font-weight:600}
.skip{position:absolute;left:-999px}.skip:focus{left:12px;top:8px;background:var(--bg);padding:6px 12px;z-index:9}
.view{scroll-margin-top:400px}.view:focus,.view:target,.b:target{outline:0}.view[hidden]{display:none}
.map{display:flex;flex-wrap:wrap;gap:8px 6px;align-items:center}.map input{position:absolute;opacity:0}
.map label{border:1px solid var(--line);border-radius:99px;padding:4px 14px;cursor:pointer}.map input:checked+label{background:var(--link);border-color:var(--link);color:var(--bg);font-weight:600}
.map input:focus-visible+label{outline:2px solid var(--link);outline-offset:2px}
.map figure{display:none;width:100%;margin:6px 0 0;border:1px solid var(--line);border-radius:10px;padding:14px 16px}
#map-before:checked~.before,#map-now:checked~.now,#map-final:checked~.final{display:block}
figcaption{color:var(--soft);display:flex;flex-wrap:wrap;gap:4px 24px;margin-bottom:8px}.key{display:flex;align-items:center;gap:7px;margin-left:auto}
.key i{width:34px;border-top:4px dashed var(--old)}.key i.n{border-top:4px solid var(--new);margin-left:12px}
.estate{max-width:100%;height:auto;display:block;margin:0 auto}.estate path{fill:none;stroke-opacity:.62}.estate path:hover{stroke-opacity:.95}
.estate .o{stroke:var(--old);stroke-dasharray:9 4}.estate .n{stroke:var(--new)}.estate rect{fill:var(--fg)}.estate text{fill:var(--fg);font-size:13px;paint-order:stroke;stroke:var(--bg);stroke-width:8px;stroke-linejoin:round}.estate tspan{fill:var(--soft)}
.risk{font-size:12px;font-weight:600;border:1px solid currentColor;border-radius:5px;padding:0 7px}
.risk.low{color:var(--safe)}.risk.medium{color:var(--review)}.risk.high,.risk.blocked{color:var(--manual)}
.wave{border:1px solid var(--line);border-radius:10px;margin-top:10px;scroll-margin-top:16px}.wave>summary{cursor:pointer;padding:10px 16px;display:flex;flex-wrap:wrap;gap:4px 16px;align-items:baseline}
.wave>summary h3{margin:0;font-size:16px}.wave[open]>summary{border-bottom:1px solid var(--line)}.wave>summary::before{content:"▸";color:var(--soft)}.wave[open]>summary::before{content:"▾"}.wave>div{padding:14px 16px}
.wave dl{margin-top:12px}h4{font-size:14px;margin:14px 0 4px}ol{margin:0;padding-left:22px}
.cell{min-width:120px}#owners td:not(:first-child){vertical-align:middle;white-space:nowrap}.bar{min-width:80px}.hours rect{fill:var(--link)}.burn{width:100%;max-width:1000px;height:auto;display:block;margin-top:8px}
.burn path{fill:none}.burn .line{stroke:var(--link);stroke-width:3}.burn .ahead{stroke:var(--soft);stroke-width:2;stroke-dasharray:6 5}.burn .rule{stroke:var(--line)}.burn circle{fill:var(--link)}.burn text{fill:var(--soft);font-size:13px}
.since{border-left:4px solid var(--line);padding:4px 12px;margin:8px 0}.since.loud{border-color:var(--manual)}.since.loud summary{color:var(--manual);font-weight:600}.since summary{cursor:pointer}
.no{color:var(--manual);white-space:nowrap}.i{margin-top:8px}
.gr{display:flex;flex-wrap:wrap;gap:8px 28px;overflow-x:auto}.gr figure{margin:6px 0 0}.gr figcaption{margin:0 0 4px}.gr svg{max-width:100%;height:auto}
.gr path{fill:none;stroke:var(--soft);stroke-width:1.4}.gr rect{fill:var(--card);stroke:var(--line);stroke-width:1.2}.gr text{fill:var(--fg);font:12px var(--mono)}
.gr .moved rect{stroke:var(--new);stroke-width:2}.gr .sensor rect{stroke:var(--old);stroke-dasharray:5 3}.gr .gone text{text-decoration:line-through}.gr .placeholder rect{stroke-dasharray:2 3}
.tools textarea{display:block;width:100%;height:180px;margin-top:6px;font:12px var(--mono)}#extra{font-family:var(--mono);font-size:13px;border:1px solid var(--line);border-radius:7px;padding:2px 8px}
h1{font-size:26px;margin:0}header p{color:var(--soft);margin:0}
h2{font-size:19px;margin:36px 0 12px}h3{font-size:15px;margin:16px 0 6px}.l h3{font-size:13px;margin:0 0 6px}
p{margin:0}a{color:var(--link)}small{color:var(--soft)}
.d td,.b code,.w,dd,.f p{overflow-wrap:anywhere}.grid td{overflow-wrap:break-word}code,.w{font-family:var(--mono);font-size:.88em}
.lead{font-size:17px;margin:10px 0 14px}
.bar{display:block;width:100%;height:12px;border-radius:6px;background:var(--card)}
rect.safe{fill:var(--safe)}rect.review{fill:var(--review)}rect.manual{fill:var(--manual)}rect.migrated{fill:var(--migrated)}rect.ignored{fill:var(--ignored)}
ul{list-style:none;margin:0;padding:0}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:12px;margin-top:14px}
.card{border:1px solid var(--line);border-radius:10px;background:var(--card);padding:12px 14px}
.card b{display:block;font-size:30px;line-height:1.2}.card p{color:var(--soft);font-size:13px}
.v{display:inline-block;font-size:12px;font-weight:600;border:1px solid currentColor;border-radius:99px;padding:0 9px;white-space:nowrap}
.v::before{margin-right:5px}.v.safe::before{content:"✔"}.v.review::before{content:"▲"}.v.manual::before{content:"✖"}.v.migrated::before{content:"●"}.v.ignored::before{content:"○"}
.v.safe{color:var(--safe)}.v.review{color:var(--review)}.v.manual{color:var(--manual)}.v.migrated{color:var(--migrated)}.v.ignored{color:var(--ignored)}
#filter{position:sticky;top:0;z-index:1;background:var(--bg);padding:10px 0;display:flex;flex-wrap:wrap;gap:8px 18px;align-items:center;border-bottom:1px solid var(--line)}
#filter[hidden]{display:none}
fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:4px 12px}legend{float:left;padding:0 10px 0 0}
input,select,button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:7px;padding:4px 9px}
.find input{width:min(320px,60vw)}input[type=checkbox]{vertical-align:-2px;margin:0 5px 0 0}
select{max-width:180px}button{cursor:pointer;margin-right:6px}output{color:var(--soft);margin-left:auto}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.t{border:1px solid var(--line);border-radius:9px;margin-top:8px;scroll-margin-top:120px;content-visibility:auto;contain-intrinsic-size:auto 44px}
.t[hidden]{display:none}
.t>summary{cursor:pointer;padding:9px 14px;display:flex;flex-wrap:wrap;gap:4px 14px;align-items:baseline}
.t>summary:hover{background:var(--card)}.t[open]>summary{border-bottom:1px solid var(--line)}
.t>summary::before{content:"▸";color:var(--soft)}.t[open]>summary::before{content:"▾"}
.t>summary b{overflow-wrap:anywhere}
.q{color:var(--soft)}.w{color:var(--soft);margin-left:auto}
.b{padding:14px;scroll-margin-top:165px}
dl{display:flex;flex-wrap:wrap;gap:6px 26px;margin:0 0 10px}dl div{min-width:0}dt{color:var(--soft);font-size:12px}dd{margin:0;font-family:var(--mono);font-size:13px}
.f{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(430px,100%),1fr));gap:0 24px}.i>summary{cursor:pointer;color:var(--soft)}
.f li,.l li{border-left:3px solid var(--line);padding:2px 0 2px 12px;margin:8px 0}
.f li.warning{border-color:var(--review)}.f li.error{border-color:var(--manual)}
.f a{font-family:var(--mono);font-weight:600}
.r{color:var(--soft)}.r::before{content:"→ "}
.y{color:var(--soft)}.y::before{content:"why: "}
.d{width:100%;table-layout:fixed;border-collapse:collapse;margin:14px 0 0;font:12.5px/1.5 var(--mono);border:1px solid var(--line);tab-size:4}
.d .n{width:46px}.d th{text-align:left;font:600 12.5px/1.5 var(--mono);padding:5px 8px;background:var(--card);overflow-wrap:anywhere}
.d td{vertical-align:top;padding:0 8px 0 18px;white-space:pre-wrap;unicode-bidi:isolate;position:relative}
.d td:nth-child(odd){color:var(--soft);text-align:right;user-select:none;padding:0 8px 0 0}
.d td:nth-child(3),.d th+th{border-left:1px solid var(--line)}
.d .g td{text-align:center;padding:0;background:var(--card);color:var(--soft)}
.c td:nth-child(1):not(:empty),.c td:nth-child(1):not(:empty)+td{background:var(--del)}
.c td:nth-child(3):not(:empty),.c td:nth-child(3):not(:empty)+td{background:var(--ins)}
.c td:nth-child(1):not(:empty)+td::before{content:"-";position:absolute;left:6px;color:var(--manual)}
.c td:nth-child(3):not(:empty)+td::before{content:"+";position:absolute;left:6px;color:var(--safe)}
del,ins{text-decoration:none;border-radius:3px}del{background:var(--del2)}ins{background:var(--ins2)}
.s{display:grid;grid-template-columns:minmax(0,1fr) 340px;gap:16px;align-items:start}
@media (max-width:1150px){.s{grid-template-columns:minmax(0,1fr)}}
.l{border:1px solid var(--line);border-radius:8px;padding:12px 14px;margin-top:14px;font-size:14px;background:var(--card)}
.k{font-size:11px;font-weight:600;border:1px solid currentColor;border-radius:5px;padding:0 5px}
.k.lost{color:var(--manual)}.k.changed{color:var(--review)}.k.moved{color:var(--safe)}.k.server{color:var(--migrated)}.k.dead{color:var(--ignored)}
.scroll{overflow-x:auto}.grid{border-collapse:collapse;width:100%;font-size:14px}
.grid th{text-align:left;font-weight:600;border-bottom:2px solid var(--line);padding:5px 12px 5px 0}
#blockers a{white-space:nowrap}#blockers td>b{display:inline-block}#blockers td>b::first-letter{text-transform:uppercase}.grid td{vertical-align:top;border-bottom:1px solid var(--line);padding:6px 12px 6px 0}
.yes{color:var(--safe)}
.code{border:1px solid var(--line);border-radius:9px;padding:10px 14px;margin-top:8px;scroll-margin-top:20px}.code h3{margin:0 0 4px;font-family:var(--mono)}
:target{outline:2px solid var(--link);outline-offset:3px;border-radius:6px}
::highlight(comment){color:#5d6673}::highlight(string){color:#0a4f8f}::highlight(keyword){color:#8a2da5}::highlight(number){color:#0b5c5c}::highlight(name){color:#6a4300}
@media screen and (prefers-color-scheme:dark){::highlight(comment){color:#9aa5b1}::highlight(string){color:#a5d0ff}::highlight(keyword){color:#d7a6ff}::highlight(number){color:#7fdbca}::highlight(name){color:#f0c674}}
@media (max-width:800px){header,main{padding:0 12px}.w{margin-left:0}.d{font-size:11px}.d .n{width:26px}.d td{padding:0 4px 0 14px}.d td:nth-child(odd){padding:0 4px 0 0}#filter{position:static}nav{margin-left:0}}
@media print{:root{color-scheme:light;--bg:#fff;--fg:#000;--soft:#444;--card:#fff}body{font-size:11px}nav,.skip,.map>label,.tools,#filter,.t>summary::before{display:none!important}
.t{content-visibility:visible;break-inside:auto}.t>summary{break-after:avoid}.f li,.l li,tr{break-inside:avoid}main,header{max-width:none;padding:0}
.c td{print-color-adjust:exact;-webkit-print-color-adjust:exact}.s{grid-template-columns:minmax(0,1fr)}}
`;
