/** Days, moments and groups of a number stand as they were written in text of either direction; copied, it is the same text. */
const LEFT_TO_RIGHT = /(\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}:\d{2} UTC)?|[0-9a-f]{4}(?: [0-9a-f]{4})+)/;

export function IsolatedText({ text }: { text: string }) {
  // What lies at odd places of the split is what the expression caught.
  const parts = text.split(LEFT_TO_RIGHT).map((part, at) => ({ part, at, isCaught: at % 2 === 1 }));
  return parts.map(({ part, at, isCaught }) =>
    isCaught ? (
      <bdi key={at} dir="ltr">
        {part}
      </bdi>
    ) : (
      part
    ),
  );
}
