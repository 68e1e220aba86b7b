# fish completion for baolan. What there is to complete, `baolan completions` knows: subcommands,
# options and their values, documents, names and metrics of the library. fish itself drops what
# does not have the letters that were typed, so that what is found by pinyin is seen elsewhere only.

function __baolan_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found ($words[1] completions -- $words[2..-1] 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end

complete -c baolan -f -a '(__baolan_complete)'
