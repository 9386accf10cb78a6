"""How the page looks: one family of letters, hairlines, and colours that only say what they mean.

Three forms of one page: on a screen, on a phone below 720 px, where tables become lists, and in
print, A4 landscape, always light, where the first page holds head, picture and asks. Sizes and
spaces are of a few steps; the colours are those of `planner.exchange.reports.palette`.
"""

from __future__ import annotations

from planner.exchange.reports.palette import style

_SCREEN = """
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);
font:14px/1.45 Helvetica,Arial,"Liberation Sans",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1280px;margin:0 auto;padding:24px 40px 32px;overflow-wrap:break-word}
.eyebrow{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 24px;margin:0 0 12px;
font-size:13px;color:var(--second)}
.eyebrow b{color:var(--ink)}
h1{margin:0 0 8px;max-width:32em;font-size:29px;line-height:1.2;text-wrap:balance}
h1 em{font-style:normal;color:var(--red)}
.lede{margin:0;max-width:74em;font-size:16px;line-height:1.5;color:var(--second)}
figure{margin:24px 0 8px}
figure svg{display:block;width:100%;height:auto}
.narrow{display:none}
h2{margin:0;font-size:17px;line-height:1.3}
h3{margin:16px 0 4px;font-size:14px}
table{width:100%;border-collapse:collapse}
th,td{padding:8px 16px 8px 0;text-align:left;vertical-align:baseline;
border-bottom:1px solid var(--hairline)}
th:last-child,td:last-child{padding-right:0}
thead th{padding:4px 16px 4px 0;font-size:13px;font-weight:normal;color:var(--second);
border-bottom:1px solid var(--rule)}
tbody th{font-weight:bold}
.picture-table{margin:0 0 24px}
.picture-table summary{display:inline-block;font-size:13px;color:var(--second);
text-decoration:underline;text-underline-offset:3px;cursor:pointer}
.asks{margin:0 0 48px}
.asks th,.asks td{padding-top:9px;padding-bottom:9px}
.asks thead th{padding-top:4px;padding-bottom:4px}
.asks tbody th{width:32px;padding-right:8px}
.asks .who{width:26%}
.asks .why{width:25em}
.asks thead th:last-child{font-weight:bold;color:var(--ink)}
.asks .ask,.asks .by{font-weight:bold}
.asks .by,.asks thead th{white-space:nowrap}
.asks .why,.asks .of{color:var(--second)}
.badge{display:inline-block;width:21px;height:21px;border-radius:50%;background:var(--red);
color:var(--on-red);font-size:12px;font-weight:bold;line-height:21px;text-align:center}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.more{margin:8px 0 0;font-size:13px;color:var(--second)}
.details{border-top:2px solid var(--ink)}
.bar{display:flex;justify-content:space-between;align-items:center;min-height:48px;
font-size:13px;color:var(--second)}
button{padding:8px 12px;border:1px solid var(--rule);border-radius:3px;background:none;
color:var(--ink);font:inherit;cursor:pointer}
.fold{border-top:1px solid var(--hairline)}
.fold>summary{display:flex;align-items:baseline;gap:4px 16px;padding:12px 0;cursor:pointer;
list-style:none}
.fold>summary::-webkit-details-marker{display:none}
.fold>summary::before{content:"+";width:12px;font-weight:bold;color:var(--second)}
.fold[open]>summary::before{content:"\\2212"}
.fold>summary .answer{margin-left:auto;text-align:right;color:var(--second)}
.inside{padding:0 0 24px 28px}
.late{color:var(--red)}
.dim{color:var(--second)}
.figure{white-space:nowrap}
.note{margin:8px 0 0;max-width:74em;font-size:13px;color:var(--second)}
.data h2{margin:24px 0 4px}
footer{padding-top:16px;border-top:1px solid var(--hairline);font-size:12.5px;color:var(--second)}
:focus-visible{outline:2px solid var(--ink);outline-offset:2px}
"""

_PHONE = """
@media screen and (max-width:999px){
.figure{white-space:normal}
.inside{padding-left:0}
th,td{padding-right:8px}
}
@media screen and (max-width:719px){
body{font-size:15px}
main{padding:16px 16px 32px}
.eyebrow{display:block}
.eyebrow span{display:block}
h1{font-size:23px}
.wide{display:none}
.narrow{display:block}
.asks{margin-bottom:32px}
table,tbody,tr,td,tbody th{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{padding:12px 0;border-bottom:1px solid var(--hairline)}
th,td{padding:0;border:0}
tbody th,.asks tbody th{width:auto;padding:0}
td[data-head]::before{content:attr(data-head) " ";color:var(--second)}
.asks tr{position:relative;padding-left:36px}
.asks th,.asks td{padding-top:0;padding-bottom:0}
.asks .who,.asks .why{width:auto}
.asks tbody th{position:absolute;left:0;top:13px}
.asks .by::before{font-weight:normal;color:var(--ink)}
.same>tbody>tr>th{padding-bottom:8px}
.same>tbody>tr>th+td{padding-top:0}
.fold>summary{display:grid;grid-template-columns:12px 1fr}
.fold>summary .answer{grid-column:2;margin:0;text-align:left}
}
"""

_PRINT = """
@page{size:A4 landscape;margin:9mm 10mm}
@page data{size:A4 portrait}
@media print{
body{font-size:11.5px;line-height:1.35}
main{max-width:none;padding:0}
.first{display:flex;flex-direction:column;max-height:185mm}
.first>*{flex:none}
.eyebrow{margin-bottom:6px;font-size:10.5px}
h1{margin-bottom:4px;font-size:22px}
.lede{font-size:12.5px;line-height:1.4}
figure.wide{position:relative;flex:0 1 auto;min-height:0;margin:10px 0 6px}
figure.wide svg{position:absolute;width:100%;height:100%}
.narrow,.bar button,.picture-table{display:none}
h2{font-size:13.5px}
h3{margin:10px 0 2px;font-size:12px}
.note{margin:4px 0 0;font-size:10.5px}
.data{page:data}
.data h1{max-width:none;font-size:18px;text-wrap:wrap}
.data .lede{font-size:11px}
.data h2{margin:7px 0 0;font-size:12px;break-after:avoid}
.data td,.data th,.data thead th{font-size:9px;line-height:1.2;padding:1px 8px 1px 0}
th,td,.asks th,.asks td{padding-top:3px;padding-bottom:3px}
thead th,.asks thead th{padding-top:1px;padding-bottom:1px;font-size:10.5px}
.asks{margin:0}
.asks tbody th{width:26px}
.more{display:none}
.badge{width:16px;height:16px;font-size:10px;line-height:16px;print-color-adjust:exact;
-webkit-print-color-adjust:exact}
.details{display:none}
.all .details{display:block;break-before:page;border:0}
.all .bar{display:none}
.all .picture-table{display:block;margin:0 0 12px}
.fold>summary{padding:8px 0}
.fold>summary::before{display:none}
.inside{padding:0 0 8px}
tr,h3,summary{break-inside:avoid}
h3,summary{break-after:avoid}
footer{padding-top:6px;border:0;font-size:10.5px}
}
"""


def page_style(drawn: tuple[str, str] | None = None) -> str:
    """All of it, as the page has it. `drawn` is how wide and how high the wide drawing is, which in
    print gives way where the words beside it need more room.
    """
    shape = f"@media print{{figure.wide{{aspect-ratio:{'/'.join(drawn)}}}}}" if drawn else ""
    return "".join(f"{style()}{_SCREEN}{_PHONE}{_PRINT}{shape}".splitlines())
