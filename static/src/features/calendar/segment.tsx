/** A few choices side by side, one of them taken. */
interface Props<T extends string> {
  label: string;
  value: T;
  choices: [T, string][];
  onPick: (value: T) => void;
}

export function Segment<T extends string>({ label, value, choices, onPick }: Props<T>) {
  return (
    <div class="segment" role="group" aria-label={label}>
      {choices.map(([name, text]) => (
        <button key={name} type="button" aria-pressed={name === value} onClick={() => onPick(name)}>
          {text}
        </button>
      ))}
    </div>
  );
}
