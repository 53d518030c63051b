/** Import: a file becomes records. Without an import in the address it begins with the file. */
import { useParams, useSearch } from "wouter-preact";
import { Work } from "./work";
import { Start } from "./start";
import "./style.css";

export default function Import() {
  const { kind } = useParams<{ kind?: string }>();
  const id = new URLSearchParams(useSearch()).get("id");
  return id ? <Work key={id} id={id} /> : <Start kind={kind} />;
}
