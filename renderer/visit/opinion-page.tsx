import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { dayHere } from '../../shared/encoding/wall-clock.ts';
import { readPackLink } from '../../shared/telemedicine/case-pack.ts';
import { filled } from '../language/visit-words.ts';
import { type OpenedCase, openPack, type Refusal } from './open-pack.ts';
import { type OpinionPhrases, opinionWords } from './opinion-words.ts';

/** The page on which a clinician elsewhere opens a case, once. */
export function OpinionPage({ fragment }: { fragment: string }) {
  const link = useMemo(() => readPackLink(fragment), [fragment]);
  const words = useMemo(() => opinionWords(navigator.languages), []);
  const [opened, setOpened] = useState<OpenedCase | null>(null);
  const [who, setWho] = useState('');
  const [code, setCode] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(link ? null : 'unreadable');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = words.title;
  }, [words]);
  useEffect(() => {
    if (!opened) return;
    // What is over is not looked at any longer.
    const end = setInterval(() => {
      if (opened.expires > Date.now()) return;
      setOpened(null);
      setRefusal('over');
    }, 1_000);
    return () => clearInterval(end);
  }, [opened]);

  const open = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!link) return;
    setBusy(true);
    const answer = await openPack(link, who.trim(), code.replaceAll(/\s/g, ''));
    setBusy(false);
    if (typeof answer === 'object' && 'question' in answer) setOpened(answer);
    else setRefusal(answer);
  };
  return (
    <main className="call">
      <header>
        <h1>{words.title}</h1>
      </header>
      {refusal ? <p role="alert">{refusalIn(words, refusal)}</p> : null}
      {opened ? <Case words={words} opened={opened} who={who} /> : null}
      {!opened && link && (refusal === null || typeof refusal === 'object' || refusal === 'away') ? (
        <form onSubmit={(event) => void open(event)}>
          <p>{words.intro}</p>
          <label>
            {words.who}
            <input value={who} onChange={(event) => setWho(event.target.value)} required autoComplete="off" maxLength={120} />
          </label>
          <label>
            {words.code}
            <input
              value={code}
              onChange={(event) => setCode(event.target.value)}
              required
              autoComplete="off"
              inputMode="numeric"
            />
          </label>
          <div className="actions">
            <button type="submit" className="main" disabled={busy}>
              {words.open}
            </button>
          </div>
        </form>
      ) : null}
      <footer>{filled(words.trust, { host: window.location.host })}</footer>
    </main>
  );
}

const refusalIn = (words: OpinionPhrases, refusal: Refusal): string =>
  typeof refusal === 'object' ? filled(words.wrong, { tries: String(refusal.triesLeft) }) : words[refusal];

function Case({ words, opened, who }: { words: OpinionPhrases; opened: OpenedCase; who: string }) {
  const { patient, question, parts, pictures, askedBy, clinic, recipient, expires } = opened;
  const [at] = useState(() => new Date().toLocaleString());
  const mark = filled(words.mark, { recipient, who, at, clinic });
  return (
    <>
      <div className="mark" aria-hidden>
        {Array.from({ length: 30 }, (_, line) => `${line}`).map((line) => (
          <span key={line}>{`${mark} · `.repeat(6)}</span>
        ))}
      </div>
      <p>{filled(words.from, { askedBy, clinic, until: new Date(expires).toLocaleString() })}</p>
      <p>
        <strong>{[patient.name, dayOf(patient.birthDate)].filter(Boolean).join(', ')}</strong>
      </p>
      <p className="words">{question}</p>
      {pictures.map(({ name, type, data }) => (
        <Picture key={name} name={name} type={type} data={data} />
      ))}
      {parts.length > 0 ? <Parts words={words} parts={parts} /> : null}
      <p>{words.once}</p>
    </>
  );
}

/** What went along, section by section. */
function Parts({ words, parts }: { words: OpinionPhrases; parts: OpenedCase['parts'] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.when}</th>
          <th scope="col">{words.what}</th>
          <th scope="col">{words.value}</th>
        </tr>
      </thead>
      {Object.entries(Object.groupBy(parts, ({ section }) => section)).map(([section, own = []]) => (
        <tbody key={section}>
          <tr>
            <th colSpan={3} scope="rowgroup">
              {words.sections[section as keyof OpinionPhrases['sections']] ?? section}
            </th>
          </tr>
          {own.map(({ title, date, value }) => (
            <tr key={`${title} ${date} ${value}`}>
              <td>{dayOf(date) || '–'}</td>
              <td>{title}</td>
              <td>{value || '–'}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** A FHIR date or dateTime as a day of the reader's calendar and language, as a consult shows it; one that is less exact stays as it is. */
function dayOf(date: string): string {
  const [year, month, day] = dayHere(date).split('-').map(Number);
  if (!year || !month || !day) return date;
  return new Date(year, month - 1, day).toLocaleDateString(undefined, { dateStyle: 'medium' });
}

function Picture({ name, type, data }: { name: string; type: string; data: string }) {
  const [address, setAddress] = useState('');
  useEffect(() => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const made = URL.createObjectURL(new Blob([bytes], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [type, data]);
  return address ? (
    <figure>
      <img src={address} alt={name} />
      <figcaption>{name}</figcaption>
    </figure>
  ) : null;
}
