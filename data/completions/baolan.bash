# bash completion for baolan. What there is to complete, `baolan completions` knows: subcommands,
# options and their values, documents, names and metrics of the library, Chinese by pinyin too.

_baolan() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        COMPREPLY+=("${line%%$'\t'*}")
    done < <("${COMP_WORDS[0]}" completions -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    # Names have spaces and brackets, which -o filenames quotes.
    if [[ ${#COMPREPLY[@]} -gt 0 ]]; then
        compopt -o filenames 2>/dev/null
        # A field of a query (speaker:) is gone on with.
        [[ ${COMPREPLY[0]} == *: ]] && compopt -o nospace 2>/dev/null
    fi
    return 0
}

# Where nothing is known, files.
complete -o default -o nosort -F _baolan baolan 2>/dev/null || complete -o default -F _baolan baolan
