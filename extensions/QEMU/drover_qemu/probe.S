# The first sector of a disk: enters 64-bit mode, does what kernels do, and tells the debug port.
        .code16
        .globl start
start:  cli
        cld
        xorw %ax, %ax
        movw %ax, %ds
        movw %ax, %es
        movw %ax, %ss
        movw $0x7c00, %sp
        movw $0x1000, %di               # three empty page tables
        movw $0x1800, %cx
        rep stosw
        movl $0x2003, 0x1000
        movl $0x3003, 0x2000
        movl $0x0083, 0x3000            # the first 2 MiB, mapped to themselves
        movl $0x20, %eax                # PAE
        movl %eax, %cr4
        movl $0x1000, %eax
        movl %eax, %cr3
        movl $0xc0000080, %ecx          # EFER: long mode
        rdmsr
        orl $0x100, %eax
        wrmsr
        movl %cr0, %eax
        orl $0x80000001, %eax           # paging and protection
        movl %eax, %cr0
        lgdt gdtr
        ljmp $8, $long
        .code64
long:   xorl %eax, %eax
        xorl %edx, %edx
        xorl %ebx, %ebx
        xorl %ecx, %ecx
        movl $0x4000, %edi
        lock cmpxchg16b (%rdi)
        movl $100000000, %ecx           # a blink for a processor, minutes for an emulator of instructions
1:      decl %ecx
        jnz 1b
        movb $0x2a, %al                 # QEMU ends with 2 * 42 + 1
        outb %al, $0xf4
2:      hlt
        jmp 2b
        .balign 8
gdt:    .quad 0, 0x00209a0000000000
gdtr:   .word 15
        .long gdt
        .org 510
        .word 0xaa55
