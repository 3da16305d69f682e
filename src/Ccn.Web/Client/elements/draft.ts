// What was typed into a form outlives a sign-in that it turned out to need: it is kept in this tab, and put back when the reader returns from there.
interface Draft { path: string; fields: [string, string][] }

const key = "ccn-draft";
const isDoor = (path: string): boolean => path === "/sign-in" || path === "/sign-up";
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
const controls = (root: ParentNode): Control[] => [...root.querySelectorAll<Control>("input:not([type=hidden], [type=password], [type=file]), textarea, select")].filter(control => control.name);

document.addEventListener("submit", event => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method !== "post" || isDoor(location.pathname)) { return; }
  const fields = controls(form).filter(control => !(control instanceof HTMLInputElement) || !["radio", "checkbox"].includes(control.type) || control.checked).map((control): [string, string] => [control.name, control.value]);
  sessionStorage.setItem(key, JSON.stringify({ path: location.pathname, fields } satisfies Draft));
});

const kept = sessionStorage.getItem(key);
if (kept && !isDoor(location.pathname)) {
  sessionStorage.removeItem(key);
  const draft = JSON.parse(kept) as Draft;
  if (draft.path === location.pathname && document.referrer && isDoor(new URL(document.referrer).pathname)) {
    for (const [name, value] of draft.fields) {
      for (const control of controls(document).filter(candidate => candidate.name === name)) {
        if (!(control instanceof HTMLInputElement) || !["radio", "checkbox"].includes(control.type)) { control.value = value; } else if (control.value === value) { control.checked = true; }
      }
    }
  }
}
