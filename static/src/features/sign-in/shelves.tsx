/** The larder: three shelves, and one jar that is the work of today. */

export function Shelves() {
  return (
    <aside class="sign-art" aria-hidden="true">
  <svg viewBox="0 0 480 420">
        {/* the larder: three shelves, and one jar that is the work of today */}
        <path class="l" d="M8 130h464M8 264h464M8 398h464"/>
        <path class="l" d="M8 138h464M8 272h464M8 406h464" opacity=".55"/>
        {/* top shelf */}
        <g><path class="w" d="M30 62h58a5 5 0 0 1 5 5v63H25V67a5 5 0 0 1 5-5Z"/><path class="s" d="M26 92h66v37H26Z"/><rect class="w" x="32" y="50" width="54" height="12" rx="3"/><rect class="w" x="42" y="98" width="34" height="18" rx="3"/></g>
        <g><path class="w" d="M118 84h46a5 5 0 0 1 5 5v41h-56V89a5 5 0 0 1 5-5Z"/><path class="s" d="M114 108h54v21h-54Z"/><rect class="w" x="119" y="73" width="44" height="11" rx="3"/></g>
        <g><path class="w" d="M206 130V74c0-10 8-12 8-22V34h18v18c0 10 8 12 8 22v56Z"/><path class="s" d="M207 96h32v33h-32Z"/><rect class="w" x="212" y="26" width="22" height="8" rx="2"/></g>
        <g><path class="w" d="M252 130V84c0-8 7-10 7-18V52h15v14c0 8 7 10 7 18v46Z"/><rect class="w" x="257" y="45" width="19" height="7" rx="2"/></g>
        <g><rect class="w" x="312" y="72" width="72" height="58" rx="4"/><path class="l" d="M312 90h72M340 72v18M356 72v18"/><rect class="s" x="324" y="102" width="26" height="14" rx="2"/></g>
        <g><rect class="w" x="394" y="94" width="56" height="36" rx="4"/><path class="l" d="M394 107h56M418 94v13"/></g>
        {/* middle shelf */}
        <g><rect class="w" x="24" y="206" width="64" height="58" rx="4"/><path class="l" d="M24 224h64M50 206v18"/><rect class="s" x="36" y="236" width="24" height="14" rx="2"/></g>
        <g><rect class="w" x="36" y="170" width="44" height="36" rx="4"/><path class="l" d="M36 182h44"/></g>
        <g><path class="al" d="M136 188h74a6 6 0 0 1 6 6v70h-86v-70a6 6 0 0 1 6-6Z"/><path class="a" d="M131 216h84v47h-84Z"/><rect class="al" x="138" y="174" width="70" height="14" rx="3"/><rect class="al" x="152" y="224" width="42" height="24" rx="4"/><path d="M160 233h26M160 240h16" stroke="var(--accent)" stroke-width="1.5" stroke-linecap="round" fill="none"/></g>
        <g><path class="w" d="M248 200h50a5 5 0 0 1 5 5v59h-60v-59a5 5 0 0 1 5-5Z"/><path class="s" d="M244 226h58v37h-58Z"/><rect class="w" x="250" y="188" width="46" height="12" rx="3"/></g>
        <g><path class="w" d="M326 214h42a5 5 0 0 1 5 5v45h-52v-45a5 5 0 0 1 5-5Z"/><path class="s" d="M322 240h50v23h-50Z"/><rect class="w" x="327" y="203" width="40" height="11" rx="3"/></g>
        <g><path class="w" d="M398 264v-46c0-9 8-11 8-20v-18h18v18c0 9 8 11 8 20v46Z"/><path class="s" d="M399 236h32v27h-32Z"/><rect class="w" x="404" y="172" width="22" height="8" rx="2"/></g>
        {/* bottom shelf */}
        <g><rect class="w" x="24" y="326" width="104" height="72" rx="5"/><path class="l" d="M24 348h104M64 326v22M86 326v22"/><rect class="s" x="38" y="362" width="40" height="18" rx="2"/></g>
        <g><rect class="w" x="144" y="350" width="70" height="48" rx="4"/><path class="l" d="M144 366h70M172 350v16"/></g>
        <g><path class="w" d="M246 340h56a5 5 0 0 1 5 5v53h-66v-53a5 5 0 0 1 5-5Z"/><path class="s" d="M242 362h64v35h-64Z"/><rect class="w" x="248" y="328" width="52" height="12" rx="3"/><rect class="w" x="258" y="368" width="32" height="16" rx="3"/></g>
        <g><path class="w" d="M336 356h110l-8 42h-94Z"/><path class="l" d="M340 376h102M356 356l4 42M391 356v42M426 356l-4 42"/></g>
      </svg>
    </aside>
  );
}
