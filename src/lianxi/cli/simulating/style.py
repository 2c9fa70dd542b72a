"""The look of a report: two sets of colours, one layout."""

COLOURS = ("#2563eb", "#d97706", "#059669", "#7c3aed", "#94a3b8")
DARK = ("#60a5fa", "#fbbf24", "#34d399", "#a78bfa", "#64748b")


def _variables(colours: tuple[str, ...]) -> str:
    return "".join(f"--c{place}:{colour};" for place, colour in enumerate(colours))


_CLASSES = "".join(
    f".s{n}{{stroke:var(--c{n})}}.f{n}{{fill:var(--c{n})}}.b{n}{{background:var(--c{n})}}"
    for n in range(len(COLOURS))
)

STYLE = f"""
:root{{color-scheme:light dark;--ink:#0f172a;--soft:#64748b;--line:#e2e8f0;--paper:#fff;
--card:#f8fafc;--good:#047857;--fair:#b45309;--bad:#b91c1c;{_variables(COLOURS)}}}
@media (prefers-color-scheme:dark){{:root{{--ink:#e2e8f0;--soft:#94a3b8;--line:#334155;
--paper:#0f172a;--card:#1e293b;--good:#34d399;--fair:#fbbf24;--bad:#f87171;{_variables(DARK)}}}}}
*{{box-sizing:border-box}}
body{{margin:0;background:var(--paper);color:var(--ink);
font:15px/1.55 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}}
main{{max-width:1000px;margin:0 auto;padding:32px 20px 60px}}
h1{{font-size:26px;margin:0 0 4px}}h2{{font-size:17px;margin:0 0 6px}}
.basis,.hint,figcaption{{color:var(--soft);font-size:13px}}
.verdicts{{list-style:none;padding:0;margin:20px 0}}
.verdicts li{{border-left:4px solid;padding:4px 12px;margin:6px 0}}
.good{{border-color:var(--good)!important}}.fair{{border-color:var(--fair)!important}}
.bad{{border-color:var(--bad)!important}}
.wide{{overflow-x:auto}}
table{{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}}
th,td{{text-align:right;padding:6px 10px;border-bottom:1px solid var(--line);white-space:nowrap}}
th:first-child,tbody td:nth-child(1){{text-align:left}}
thead th{{color:var(--soft);font-weight:500;font-size:13px;white-space:normal;
vertical-align:bottom}}
figure{{margin:26px 0;padding:16px;background:var(--card);border-radius:10px}}
svg{{width:100%;height:auto;display:block}}
svg text{{fill:var(--soft);font-size:11.5px}}
.side{{text-anchor:end}}.foot{{text-anchor:middle}}
.grid{{stroke:var(--line);stroke-width:1}}
.mark{{stroke:var(--bad);stroke-width:1.2;stroke-dasharray:5 4}}
polyline{{fill:none;stroke-width:2;stroke-linejoin:round}}
.dashed{{stroke-dasharray:6 4}}.band{{opacity:.18}}.area{{opacity:.85}}
.legend{{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:13px;color:var(--soft)}}
.key i{{display:inline-block;width:14px;height:4px;border-radius:2px;margin-right:6px;
vertical-align:middle}}
.notes{{margin-top:36px;color:var(--soft);font-size:13.5px}}
{_CLASSES}
@media print{{figure{{break-inside:avoid}}}}
"""
