import { useEffect, useMemo, useState } from 'react';
import { readCallLink } from '../../shared/telemedicine/call-signal.ts';
import { filled, type VisitPhrases, visitLanguage, visitLanguages, visitWords } from '../language/visit-words.ts';
import { closeMedia } from '../parts/call/call-media.ts';
import { GUEST_BEGINS, GuestCall, type GuestScene, RoomRefusal } from './guest-call.ts';
import { VISIT_ENDS, VisitBefore, VisitDuring } from './visit-steps.tsx';

/** The patient's page of a video visit: their own picture first, then the clinic. */
export function VisitPage({ fragment }: { fragment: string }) {
  const link = useMemo(() => readCallLink(fragment), [fragment]);
  const [language, setLanguage] = useState(() => visitLanguage(navigator.languages));
  const words: VisitPhrases = visitWords[language];
  const [media, setMedia] = useState<MediaStream | null>(null);
  const [call, setCall] = useState<GuestCall | null>(null);
  const [scene, setScene] = useState<GuestScene>(GUEST_BEGINS);

  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
    document.title = words.title;
  }, [language, words]);
  const isOver = VISIT_ENDS.has(scene.state);
  useEffect(() => {
    if (isOver) closeMedia(media ?? undefined);
  }, [isOver, media]);

  const join = (stream: MediaStream): void => {
    if (!link) return;
    const begun = new GuestCall(link, stream, setScene, ask);
    setCall(begun);
    void begun.join();
  };
  return (
    <main className="call">
      <header>
        <h1>{words.title}</h1>
        <select
          aria-label={words.language}
          value={language}
          onChange={(event) => setLanguage(visitLanguage([event.target.value]))}
        >
          {visitLanguages.map((each) => (
            <option key={each} value={each}>
              {new Intl.DisplayNames([each], { type: 'language' }).of(each)}
            </option>
          ))}
        </select>
      </header>
      {link ? null : <p role="alert">{words.badLink}</p>}
      {link && !call ? <VisitBefore words={words} media={media} onMedia={setMedia} onJoin={join} /> : null}
      {call && media ? <VisitDuring words={words} call={call} scene={scene} media={media} /> : null}
      <footer>{filled(words.trust, { host: window.location.host })}</footer>
    </main>
  );
}

/** Asks the hub that served this page. @throws {RoomRefusal} when it says no. */
async function ask<Answer>(asked: string, body: object): Promise<Answer> {
  const response = await fetch(asked, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json().catch(() => ({}))) as Answer & { code?: string };
  if (response.ok) return answer;
  throw new RoomRefusal(answer.code ?? (response.status >= 500 ? 'call.too-many' : 'call.over'));
}
