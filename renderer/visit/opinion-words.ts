/** The words of the page on which a clinician elsewhere opens a case: English and German, as staff have them. */
const english = {
  title: 'A case for you',
  intro: 'A clinic asks for your opinion. The code came to you by another way than this link. The case opens once.',
  who: 'Your name and place',
  code: 'Code',
  open: 'Open the case',
  wrong: 'This is not the code. {tries} tries are left; then the case is destroyed.',
  over: 'This case was opened already, has ended, or is too old. Ask the clinic for a new one.',
  unreadable: 'This link is not whole, or the case behind it was altered. Ask the clinic for a new one.',
  away: 'There is no connection just now. Try again.',
  from: 'Asked by {askedBy}, {clinic}. Open until {until}.',
  mark: 'For {recipient} · opened by {who} · {at} · from {clinic}',
  when: 'When',
  what: 'What',
  value: 'Value or state',
  sections: {
    problem: 'Problems',
    allergy: 'Allergies',
    medication: 'Medications',
    immunization: 'Immunizations',
    result: 'Results',
    vital: 'Vital signs',
    procedure: 'Procedures',
    encounter: 'Encounters',
  },
  once: 'When you close this page the case is gone: it opens no second time. Answer the clinic as you have agreed.',
  trust:
    'The case was decrypted in your browser; {host} keeps no key and, since it was opened, no copy. The clinic is told by which name and when it was opened.',
};

export type OpinionPhrases = typeof english;

const german: OpinionPhrases = {
  title: 'Ein Fall für Sie',
  intro:
    'Eine Praxis bittet um Ihre Meinung. Der Code kam auf anderem Weg zu Ihnen als dieser Link. Der Fall öffnet sich einmal.',
  who: 'Ihr Name und Ort',
  code: 'Code',
  open: 'Fall öffnen',
  wrong: 'Das ist nicht der Code. {tries} Versuche bleiben; dann wird der Fall vernichtet.',
  over: 'Dieser Fall wurde schon geöffnet, ist beendet oder zu alt. Bitten Sie die Praxis um einen neuen.',
  unreadable: 'Dieser Link ist nicht vollständig, oder der Fall dahinter wurde verändert. Bitten Sie die Praxis um einen neuen.',
  away: 'Gerade besteht keine Verbindung. Versuchen Sie es erneut.',
  from: 'Gefragt von {askedBy}, {clinic}. Offen bis {until}.',
  mark: 'Für {recipient} · geöffnet von {who} · {at} · von {clinic}',
  when: 'Wann',
  what: 'Was',
  value: 'Wert oder Stand',
  sections: {
    problem: 'Probleme',
    allergy: 'Allergien',
    medication: 'Medikamente',
    immunization: 'Impfungen',
    result: 'Befunde',
    vital: 'Vitalzeichen',
    procedure: 'Eingriffe',
    encounter: 'Kontakte',
  },
  once: 'Wenn Sie diese Seite schließen, ist der Fall fort: Er öffnet sich kein zweites Mal. Antworten Sie der Praxis wie vereinbart.',
  trust:
    'Der Fall wurde in Ihrem Browser entschlüsselt; {host} hat keinen Schlüssel und, seit er geöffnet wurde, keine Kopie. Die Praxis erfährt, unter welchem Namen und wann er geöffnet wurde.',
};

export const opinionWords = (wanted: readonly string[]): OpinionPhrases =>
  wanted[0]?.toLowerCase().startsWith('de') ? german : english;
