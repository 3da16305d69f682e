import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

interface Series { name: string; kind: "bar" | "line"; colour?: string; values: (number | null)[]; money?: boolean; right?: boolean }
interface Chart { labels: string[]; series: Series[]; currency?: string }

/** Draws a chart from the JSON in the element's attribute `data`, in the site's own colours. */
export function draw(element: HTMLElement): void {
  const data = JSON.parse(element.getAttribute("data") ?? "{}") as Chart;
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const money = new Intl.NumberFormat(undefined, { style: "currency", currency: data.currency ?? "USD", maximumFractionDigits: 0 });
  const host = document.createElement("div");
  host.style.height = "100%";
  const table = [...element.children];
  element.append(host);
  table.forEach(child => child.classList.add("visually-hidden"));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const axis = (right: boolean): object => ({
    type: "value",
    axisLabel: { color: colour("ink-3"), formatter: (value: number) => data.series.some(series => !!series.right === right && series.money) ? money.format(value) : value.toLocaleString() },
    splitLine: { show: !right, lineStyle: { color: colour("line") } },
  });
  const chart = init(host, null, { renderer: "svg" });
  chart.setOption({
    animation: !calm,
    aria: { enabled: true },
    textStyle: { fontFamily: style.fontFamily },
    grid: { left: 8, right: 8, top: 34, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, textStyle: { color: colour("ink-2") }, icon: "roundRect", itemWidth: 14, itemHeight: 6 },
    tooltip: { trigger: "axis", backgroundColor: colour("surface"), borderColor: colour("line"), textStyle: { color: colour("ink") } },
    xAxis: { type: "category", data: data.labels, axisLabel: { color: colour("ink-3") }, axisLine: { lineStyle: { color: colour("line-strong") } }, axisTick: { show: false } },
    yAxis: data.series.some(series => series.right) ? [axis(false), axis(true)] : [axis(false)],
    series: data.series.map((series, index) => ({
      name: series.name, type: series.kind, data: series.values, yAxisIndex: series.right ? 1 : 0, symbol: "none", barMaxWidth: 26, connectNulls: true,
      itemStyle: { color: colour(series.colour ?? ["brand", "pine", "sky", "plum"][index % 4]!), borderRadius: series.kind === "bar" ? 3 : 0 }, lineStyle: { width: 2.5 },
    })),
  });
  new ResizeObserver(() => chart.resize()).observe(host);
}
