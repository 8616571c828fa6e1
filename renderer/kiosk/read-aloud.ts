/** Reading the page to the person, by the platform's own speech. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const speech = window.speechSynthesis as SpeechSynthesis | undefined;

interface ReadAloud {
  readonly reading: boolean;
  toggle(): void;
}

/** Undefined where the platform has no voice of this language. What is being read stops with the screen that it was on. */
export function useReadAloud(): ReadAloud | undefined {
  const { i18n } = useTranslation('kiosk');
  const [reading, setReading] = useState(false);
  const [voice, setVoice] = useState<SpeechSynthesisVoice | undefined>();

  useEffect(() => {
    if (!speech) return undefined;
    // Voices of this machine only: what is read must not go to anybody's server.
    const find = (): void =>
      setVoice(speech.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(i18n.language)));
    find();
    speech.addEventListener('voiceschanged', find);
    return () => {
      speech.removeEventListener('voiceschanged', find);
      speech.cancel();
    };
  }, [i18n.language]);

  if (!speech || !voice) return undefined;
  return {
    reading,
    toggle: () => {
      speech.cancel();
      if (reading) return setReading(false);
      const words = new SpeechSynthesisUtterance(document.getElementById('kiosk-page')?.innerText ?? '');
      words.voice = voice;
      words.lang = voice.lang;
      words.onend = () => setReading(false);
      speech.speak(words);
      setReading(true);
    },
  };
}
