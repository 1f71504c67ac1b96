// Charts: one line for each arm, told apart by colour and by dashes.
"use strict";

const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3], [4, 2]];
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const charts = [];

function axis(label, values) {
  return {
    label,
    values: (_, ticks) => ticks.map(values),
    stroke: colour("--soft"),
    font: "12px system-ui, sans-serif",
    labelFont: "12px system-ui, sans-serif",
    labelSize: 20,
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { stroke: colour("--line"), width: 1 },
  };
}

function draw(figure, data, { x, y, values, stepped, points }) {
  figure.replaceChildren();
  const paths = stepped ? uPlot.paths.stepped({ align: 1 }) : undefined;
  const series = armNames.map((label, index) => ({
    label,
    stroke: colour(`--arm-${index % 5}`),
    width: 2,
    dash: DASHES[index % 5],
    spanGaps: true,
    points: { show: points, size: 6 },
    value: (_, value) => (value === null || value === undefined ? "—" : values(value)),
    paths,
  }));
  const options = {
    width: figure.clientWidth,
    height: Math.min(340, Math.max(240, figure.clientWidth * 0.45)),
    scales: { x: { time: false }, y: { range: (_, low, high) => [0, Math.max(high, 0.001) * 1.04] } },
    series: [{ label: x.label, value: (_, value) => (value === null || value === undefined ? "—" : x.values(value)) }, ...series],
    axes: [axis(x.label, x.values), { ...axis(y, values), size: 62 }],
    cursor: { drag: { x: false, y: false } },
  };
  const plot = new uPlot(options, data, figure);
  const drawing = plot.root.querySelector("canvas");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", figure.dataset.words);
  charts.push(plot);
}

function drawCharts() {
  charts.splice(0).forEach((plot) => plot.destroy());
  const distribution = document.getElementById("distribution");
  distribution.dataset.words = `Share of sessions answered within a time, one line for each of ${armNames.join(", ")}; the table above holds the same in numbers.`;
  draw(distribution, distributions(), {
    x: { label: "response latency", values: seconds }, y: "sessions answered", values: (value) => `${Math.round(value)} %`, stepped: true, points: false,
  });
  const length = document.getElementById("by-length");
  length.dataset.words = `Mean response latency by number of sentences, one line for each of ${armNames.join(", ")}.`;
  draw(length, byLength(), {
    x: { label: "sentences", values: (value) => (Number.isInteger(value) ? `${value}` : "") }, y: "mean latency", values: seconds, stepped: false, points: true,
  });
}
