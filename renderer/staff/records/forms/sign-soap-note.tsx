import { useApolloClient, useQuery } from '@apollo/client/react';
import type { PutRecordInput } from '../../../generated/graphql.ts';
import { SignWords } from '../../../parts/words/sign-words.tsx';
import { signSoapNote, soapNoteText } from '../chart-documents.ts';

interface SignSoapNoteProps {
  readonly input: PutRecordInput;
  readonly onClose: () => void;
  /** @param title of the record */
  readonly onSigned: (title: string) => Promise<void>;
}

/** A progress note is read as it will be signed, and signed. */
export function SignSoapNote({ input, onClose, onSigned }: SignSoapNoteProps) {
  const client = useApolloClient();
  const { data, error } = useQuery(soapNoteText, { variables: { input }, fetchPolicy: 'no-cache' });
  return (
    <SignWords
      words={data?.soapNoteText}
      error={error}
      onClose={onClose}
      onSign={async (passphrase) => {
        const signed = await client.mutate({ mutation: signSoapNote, variables: { input, passphrase } });
        await onSigned(signed.data?.signSoapNote.title ?? '');
      }}
    />
  );
}
