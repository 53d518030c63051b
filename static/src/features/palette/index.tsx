/** To come. */
export default function Overlay({ onClose }: { onClose: () => void }) {
  return <button onClick={onClose}>×</button>;
}
