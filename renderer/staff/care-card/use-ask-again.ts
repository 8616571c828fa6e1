import { type FormEvent, useEffect, useRef, useState } from 'react';

const ASK_AGAIN_MS = 2_000;

/** A question about a card whose answer may still be on its way: asked again until it is here or nobody waits any more. */
export function useAskAgain<Answer>(question: () => Promise<Answer | null | undefined>, onAnswer: (answer: Answer) => void) {
  const [error, setError] = useState<unknown>(null);
  const [isAsking, setAsking] = useState(false);
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const ask = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setAsking(true);
    setError(null);
    try {
      while (isHere.current) {
        const answer = await question();
        if (answer) return onAnswer(answer);
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
      }
    } catch (refused) {
      setError(refused);
    } finally {
      setAsking(false);
    }
  };
  return { ask, error, isAsking };
}
