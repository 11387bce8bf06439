// What the script cannot know or say: how wide the main area is, in six steps, and what is selected, for screen
// readers. It tells the style sheet the theme, and takes the layers of the brush, which are paint, out of what is read.
const STEPS = [[1880, "XL"], [1430, "L"], [1200, "ML"], [1000, "M"], [600, "S"], [0, "XS"]];
const told = new WeakMap();

export default function ({ parentElement, setStateValue, data }) {
  const main = parentElement.closest("[data-testid=stMain]") ?? document.querySelector("[data-testid=stMain]");
  const live = parentElement.querySelector("[aria-live]");
  if (live.textContent !== (data.said ?? "")) live.textContent = data.said ?? "";
  document.documentElement.dataset.theme = data.theme ?? "light";
  document.documentElement.lang = data.language ?? "en";
  if (data.seen) document.cookie = "nps_lens_seen=map; path=/; max-age=31536000; samesite=strict";
  const tell = () => {
    const step = STEPS.find(([from]) => main.clientWidth >= from)[1];
    if (told.get(main) === step) return;
    told.set(main, step);
    document.cookie = `nps_lens_width=${step}; path=/; max-age=31536000; samesite=strict`;
    if (step !== data.step) setStateValue("step", step);
  };
  const hide = () =>
    main
      .querySelectorAll("g.brush_brush:not([aria-hidden]), g.brush_brush_bg:not([aria-hidden])")
      .forEach((layer) => layer.setAttribute("aria-hidden", "true"));
  // The observer tells the width after the page is laid out anyway. Vega names its layers after it has put them in.
  const watches = [new ResizeObserver(tell), new MutationObserver(() => requestAnimationFrame(hide))];
  watches[0].observe(main);
  watches[1].observe(main, { childList: true, subtree: true, attributeFilter: ["class"] });
  hide();
  return () => watches.forEach((watch) => watch.disconnect());
}
